import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { moveCycle } from '#performance/actions/move_cycle'
import { performanceInbox } from '#performance/queries/performance_inbox'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import {
  cardsOf,
  givenCycle,
  givenDepartment,
  givenOffice,
  givenTeam,
  versionOf,
} from './givens.js'

test.group('A comment for whom the rules give no grade', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-12-20')
    return () => clock.release()
  })

  test('who waits for a comment is in the inbox and on the scoring page of the manager, not of others', async ({
    client,
    assert,
  }) => {
    const { unitId, departmentId, personIds } = await givenTeam(2)
    await db.from('assignments').update({ valid_from: '2022-09-01' })
    const cycleId = await givenCycle(unitId, { kind: 'year' })
    const { officer, head } = await givenOffice()
    const user = await givenUser({
      role: 'department_manager',
      departmentId,
      personId: personIds[1],
    })
    const scorer = await givenUser({ role: 'scorer', unitId })
    const other = await givenUser({
      role: 'department_manager',
      departmentId: await givenDepartment(unitId, { name: '技术部' }),
    })
    const [late, own] = await cardsOf(cycleId)
    const asked = async (by: typeof user) =>
      (
        await performanceInbox(
          await buildActor(by.id),
          (key, params) => `${key} ${params?.missing}`
        )
      )
        .filter(({ url }) => url.endsWith(`/cycles/${cycleId}/scoring#comments`))
        .map(({ title }) => title)
    const page = async (by: typeof user) =>
      (await client.get(`/performance/cycles/${cycleId}/scoring`).loginAs(by)).text()
    assert.deepEqual(await asked(user), [])
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'open_scoring' }, officer)
    assert.deepEqual(await asked(user), ['performance.inbox.comment 1'])
    for (const by of [scorer, other]) {
      assert.deepEqual(await asked(by), [])
      assert.notInclude(await page(by), '/comment"')
    }
    const shown = await page(user)
    assert.include(shown, `/performance/cards/${late.id}/comment"`)
    assert.notInclude(shown, `/performance/cards/${own.id}/comment"`)
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'calibrate' }, head)
    assert.deepEqual(await asked(user), ['performance.inbox.comment 1'])
    const sent = await client
      .post(`/performance/cards/${late.id}/comment`)
      .loginAs(user)
      .withCsrfToken()
      .form({ version: '', comment: '到岗后进步快', back: 'scoring' })
    assert.include(sent.redirects().at(-1)!, `/performance/cycles/${cycleId}/scoring`)
    assert.include(sent.text(), '到岗后进步快')
    assert.deepEqual(await asked(user), [])
  })
})
