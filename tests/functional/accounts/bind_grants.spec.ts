import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import { bindGrants } from '#accounts/actions/bind_grants'
import { buildActor } from '#accounts/queries/build_actor'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { givenPost } from '#tests/functional/transfers/givens'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenPerson, givenUnit, givenUser, rowsOf } from '#tests/support/givens'

const TODAY = '2026-06-01'
const system = Actor.system('test')

test.group('Grants that hang on no assignment', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  /** A user employed in `unitId` since a day, with a grant that began on 2024-01-01. */
  async function givenHolder(unitId: number, since: string, input = {}) {
    const personId = await givenPerson()
    const assignmentId = await givenAssignment(personId, unitId, { valid_from: since })
    const user = await givenUser({ role: 'hr_officer', unitId, personId, ...input })
    await db.from('grants').where('user_id', user.id).update({ valid_from: '2024-01-01' })
    return { user, assignmentId }
  }

  const bindings = async () =>
    (await rowsOf('grants')).map((row) => row.assignment_id && Number(row.assignment_id))

  test('are bound where the holder works in their unit, each on record, and end with it', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const [post] = await rowsOf('posts', { id: await givenPost(unitId) })
    const unit = await givenHolder(unitId, '2020-01-01')
    const department = await givenHolder(unitId, '2024-01-01', {
      role: 'department_manager',
      departmentId: Number(post.department_id),
    })
    const successors = await givenHolder(unitId, '2020-01-01', { scope: 'unit_successors' })
    const leaver = await givenHolder(unitId, '2020-01-01')
    const { assignmentId: ending } = leaver
    await db.from('assignments').where('id', ending).update({ valid_to: '2026-07-01' })
    const holders = [unit, department, successors, leaver]
    assert.deepEqual(await bindGrants(system), { bound: 4, left: [] })
    assert.deepEqual(
      await bindings(),
      holders.map(({ assignmentId }) => assignmentId)
    )
    const written = await rowsOf('audit_events', { action: 'accounts.grant.bound' })
    assert.deepEqual(
      written.map((row) => Number(row.subject_id)),
      holders.map(({ user }) => user.id)
    )
    assert.deepEqual(await bindGrants(system), { bound: 0, left: [] })
    assert.isTrue((await buildActor(unit.user.id)).may('people.edit'))
    await db.from('assignments').where('id', unit.assignmentId).update({ valid_to: TODAY })
    assert.isFalse((await buildActor(unit.user.id)).may('people.edit'))
  })

  test('stay as they are, and are named, where it is not clear', async ({ assert }) => {
    const [unitId, other] = [await givenUnit(), await givenUnit()]
    const later = await givenHolder(unitId, '2025-01-01')
    const elsewhere = await givenHolder(unitId, '2020-01-01', { unitId: other })
    const everywhere = await givenHolder(unitId, '2020-01-01', { unitId: undefined })
    const over = await givenHolder(unitId, '2020-01-01')
    await db.from('grants').where('user_id', over.user.id).update({ valid_to: TODAY })
    const gone = await givenHolder(unitId, '2020-01-01')
    await db.from('assignments').where('id', gone.assignmentId).update({ valid_to: TODAY })
    await givenUser({ role: 'leadership', personId: await givenPerson() })
    await givenUser({ role: 'hr_officer', unitId })
    const before = await rowsOf('grants')
    const { bound, left } = await bindGrants(system)
    assert.equal(bound, 0)
    assert.deepEqual(
      left,
      [later, elsewhere, everywhere].map(({ user }) => ({
        username: user.username,
        role: 'hr_officer',
      }))
    )
    assert.deepEqual(await rowsOf('grants'), before)
    assert.equal((await ace.exec('grants:bind', [])).exitCode, 0)
    assert.deepEqual(await rowsOf('grants'), before)
  })
})
