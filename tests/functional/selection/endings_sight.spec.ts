import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { planArrangement, type NextStep } from '#selection/actions/arrangements'
import { decideEnding, proposeEnding } from '#selection/actions/endings'
import { serveNotice } from '#selection/actions/serve_notice'
import { arrangementById } from '#selection/queries/arrangements'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import User from '#accounts/models/user'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import { ending, givenContract, givenUnplaced } from './givens.js'

test.group('Selection: who knows of an ending', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  async function givenPlanned() {
    const given = await givenUnplaced()
    const [row] = given.rows
    await givenContract(row.personId)
    const plan = async (nextStep: NextStep, actor: Actor, note: string | null = null) => {
      const { version } = await arrangementById(row.id)
      const input = { id: row.id, version, ownerId: given.officer.userId!, nextStep }
      await planArrangement({ ...input, dueOn: null, note }, actor)
    }
    await plan('ending', given.officer)
    return { ...given, row, plan }
  }

  const userOf = (actor: Actor) => User.findOrFail(actor.userId!)

  test('the owner and who approves read of it, the others who see people do not', async ({
    assert,
    client,
  }) => {
    const { roundId, row, officer, second, head } = await givenPlanned()
    const id = await proposeEnding(ending(row.id), officer)
    const documentId = await givenDocument()
    await decideEnding({ id, version: 1, verb: 'approve', documentId }, head)
    const told = async (user: User) => {
      const pages = []
      for (const url of [
        `/selection/arrangements/${row.id}`,
        `/selection/rounds/${roundId}?tab=arrangements`,
        `/selection/people/${row.participantId}`,
      ]) {
        const page = await client.get(url).loginAs(user)
        page.assertStatus(200)
        pages.push(page.text().replace(/<select[\s\S]*?<\/select>/g, ''))
      }
      return pages.map((text) => /协商终止|合同终止|45,000/.test(text))
    }
    const inspector = await givenUser({ role: 'discipline_inspector' })
    const strangers = [await userOf(second), inspector]
    assert.deepEqual(await told(await userOf(officer)), [true, true, false])
    assert.deepEqual(await told(await userOf(head)), [true, true, false])
    for (const user of strangers) assert.deepEqual(await told(user), [false, false, false])

    await serveNotice({ id, version: 2, servedOn: '2022-03-15' }, officer)
    assert.deepEqual(await told(await userOf(officer)), [true, true, false])
    for (const user of strangers) assert.deepEqual(await told(user), [false, false, false])
  })

  test('the person reads what was served, and only then', async ({ assert, client }) => {
    const { roundId, row, officer, head, staff } = await givenPlanned()
    const { user } = staff.find(({ personId }) => personId === row.personId)!
    const other = staff.find(({ personId }) => personId !== row.personId)!.user
    const reads = async (who: User) =>
      (await client.get(`/selection/mine/${roundId}`).loginAs(who)).text().includes('45,000')
    const id = await proposeEnding(ending(row.id), officer)
    const documentId = await givenDocument()
    await decideEnding({ id, version: 1, verb: 'approve', documentId }, head)
    assert.isFalse(await reads(user))
    await serveNotice({ id, version: 2, servedOn: '2022-03-15' }, officer)
    assert.isTrue(await reads(user))
    assert.isFalse(await reads(other))
  })

  test('who may not know of it does not undo it by saving the rest', async ({ assert }) => {
    const { row, second, plan } = await givenPlanned()
    await plan('decide', second, '已谈话')
    const { nextStep, note } = await arrangementById(row.id)
    assert.deepEqual([nextStep, note], ['ending', '已谈话'])
    await plan('training', second)
    assert.equal((await arrangementById(row.id)).nextStep, 'training')
    const events = await db.from('audit_events').where('action', 'selection.arrangement.planned')
    assert.lengthOf(events, 3)
  })
})
