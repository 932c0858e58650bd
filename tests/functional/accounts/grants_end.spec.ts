import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { decideGrant, proposeGrant } from '#accounts/actions/grants'
import { buildActor } from '#accounts/queries/build_actor'
import { usersForScoring } from '#performance/queries/scorer_choices'
import { correctAssignment } from '#people/actions/correct_assignment'
import { executeEvent } from '#people/actions/execute_event'
import { approveEvent, submitEvent } from '#people/actions/move_event'
import { createEvent, type EventInput } from '#people/actions/save_event'
import type { Scope } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import {
  checkAndSubmit,
  EFFECTIVE,
  executeOnItsDate,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenStaff,
  signAll,
  TODAY,
} from '#tests/functional/transfers/givens'

test.group('A grant ends with the assignment of its holder', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  /** An account of the person with a grant as two security administrators make it. */
  const givenHolder = async (
    personId: number | undefined,
    place: { scope: Scope; unitId?: number; departmentId?: number } = { scope: 'all' },
    role: 'hr_head' | 'scorer' = 'hr_head'
  ) => {
    const user = await givenUser({ personId })
    const id = await proposeGrant(
      { userId: user.id, role, ...place, validFrom: clock.today(), validTo: null, reason: '测试' },
      await givenActor({ role: 'security_admin' })
    )
    await decideGrant(
      { grantId: id, version: 1, approve: true },
      await givenActor({ role: 'security_admin' })
    )
    const counts = async () => (await buildActor(user.id)).hasRole(role)
    return { user, counts }
  }

  const event = async (input: Partial<EventInput> & Pick<EventInput, 'kind' | 'personId'>) => {
    const [officer, head] = [
      await givenActor({ role: 'hr_officer' }),
      await givenActor({ role: 'hr_head' }),
    ]
    const eventId = await createEvent(
      {
        unitId: null,
        effectiveOn: clock.today(),
        untilOn: null,
        reason: null,
        details: {},
        documentNo: '人发〔2022〕1号',
        ...input,
      },
      officer
    )
    await submitEvent({ eventId, version: 1 }, officer)
    await approveEvent({ eventId, version: 2 }, head)
    await executeEvent({ eventId }, head)
    return eventId
  }

  for (const [kind, details] of [
    ['retire', {}],
    ['resign', {}],
    ['dismiss', { basis: 'discipline' }],
    ['death', {}],
    ['transfer_out', { destination: '市教育局' }],
  ] as const) {
    test(`by the event ${kind}`, async ({ assert }) => {
      clock.freeze('2022-02-01')
      const personId = await givenPerson({ birth_on: '1962-01-15' })
      await givenAssignment(personId, await givenUnit())
      const { user, counts } = await givenHolder(personId)
      assert.isTrue(await counts())
      await event({ kind, personId, details })
      assert.isFalse(await counts())
      assert.isTrue((await buildActor(user.id)).may('people.view_self'))
    })
  }

  test('by the end of a secondment, where it reaches the unit of the secondment', async ({
    assert,
  }) => {
    const personId = await givenPerson()
    await givenAssignment(personId, await givenUnit())
    const elsewhere = await givenUnit()
    const seconded = await event({
      kind: 'secondment',
      personId,
      details: { toUnitId: elsewhere },
    })
    const { counts } = await givenHolder(personId, { scope: 'unit', unitId: elsewhere })
    assert.isTrue(await counts())
    clock.freeze('2022-03-10')
    await event({ kind: 'return', personId, details: { returnsFrom: seconded } })
    assert.isFalse(await counts())
  })

  test('by the execution of a transfer on its date, not before', async ({ assert }) => {
    const city = await givenCity()
    const { personId } = await givenStaff(city.tv)
    const { counts } = await givenHolder(personId)
    const office = await givenPeopleOfOffice()
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    await checkAndSubmit(batchId, office.officer)
    await signAll(batchId, office)
    assert.isTrue(await counts())
    await executeOnItsDate()
    assert.equal(clock.today(), EFFECTIVE)
    assert.isFalse(await counts())
  })

  test('a corrected assignment lives on, and the grant with it', async ({ assert }) => {
    const personId = await givenPerson()
    const assignmentId = await givenAssignment(personId, await givenUnit())
    const { counts } = await givenHolder(personId)
    await correctAssignment(
      {
        assignmentId,
        departmentId: null,
        postId: null,
        grade: null,
        leaderPost: true,
        wasWrong: true,
        reason: '笔误',
        documentNo: '人发〔2022〕2号',
      },
      await givenActor({ role: 'hr_officer' })
    )
    assert.isTrue(await counts())
  })

  test('a scorer whose assignment ended is nobody to choose', async ({ assert }) => {
    const personId = await givenPerson()
    await givenAssignment(personId, await givenUnit())
    const { user } = await givenHolder(personId, { scope: 'all' }, 'scorer')
    assert.deepEqual(
      (await usersForScoring()).map(({ value }) => value),
      [user.id]
    )
    await event({ kind: 'resign', personId })
    assert.isEmpty(await usersForScoring())
  })

  test('who is employed nowhere holds it by itself', async ({ assert }) => {
    const { counts } = await givenHolder(await givenPerson({ external: true }))
    assert.isTrue(await counts())
  })

  test('grants over a dissolved unit and its departments go on over the successor or end', async ({
    assert,
  }) => {
    const [unitId, successor] = [await givenUnit(), await givenUnit()]
    const department = async (unit: number) => {
      const row = { unit_id: unit, name: '总编室', valid_from: '2020-01-01', version: 1 }
      return Number((await db.table('departments').insert({ ...row, created_at: clock.now() }))[0])
    }
    const departmentId = await department(unitId)
    const [over, within, ends] = [
      await givenHolder(undefined, { scope: 'unit', unitId }),
      await givenHolder(undefined, { scope: 'department', departmentId }, 'scorer'),
      await givenHolder(undefined, { scope: 'unit', unitId }),
    ]
    const settle = (index: number, to: number | null) =>
      inTransaction(async (trx) => {
        const holdings = await unitDissolvedPort.list(unitId, trx)
        await unitDissolvedPort.settle(holdings[index], to, TODAY, trx)
      })
    const refused = await settle(1, successor).catch((error) => error)
    assert.equal(refused.key, 'accounts.errors.no_department_there')
    const there = await department(successor)
    await settle(2, null)
    await settle(1, successor)
    await settle(0, successor)
    const actor = await buildActor(over.user.id)
    assert.isTrue(actor.may('people.view', { unitId: successor }))
    assert.isFalse(actor.may('people.view', { unitId }))
    const target = { unitId: successor, departmentId: there }
    assert.isTrue((await buildActor(within.user.id)).may('performance.score', target))
    assert.isFalse(await ends.counts())
    assert.lengthOf(await rowsOf('audit_events', { action: 'accounts.grant.dissolved' }), 3)
  })
})
