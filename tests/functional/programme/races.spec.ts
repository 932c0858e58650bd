import { test } from '@japa/runner'
import { acceptEvidence, submitEvidence } from '#programme/actions/evidence'
import { observeFacts } from '#programme/actions/observe'
import { checkProgramme } from '#programme/queries/programme_checks'
import { clock } from '#shared/clock'
import { factsPort } from '#shared/ports/facts'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { together } from '#tests/support/together'
import { givenProgramme, rowNow, TODAY } from './givens.js'

const ROUNDS = 10

test.group('The plan, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('evidence accepted, or handed in, while the records are read: the reading goes on', async ({
    assert,
  }) => {
    const { liaison, office, given } = await givenProgramme()
    factsPort.register({
      code: 'test.race',
      read: async () => ({ met: true, done: 2, planned: 2, url: null, missing: [] }),
    })
    for (let round = 0; round < ROUNDS; round++) {
      const itemId = await given(`划转完成${round}`, { factCode: 'test.race' })
      const text = { itemId, happenedOn: TODAY, text: '都转完了', documentId: null }
      const submit = () => submitEvidence(text, liaison)
      const evidenceId = round % 2 ? await submit() : 0
      const act = evidenceId ? () => acceptEvidence({ evidenceId, version: 1 }, office) : submit
      const told: string[] = []
      const refusals = await together([
        observeFacts,
        () => act().catch((error) => (told.push(error.key), Promise.reject(error))),
      ])
      assert.deepEqual(refusals, told, `round ${round}`)
      assert.equal((await rowNow(itemId)).finishedOn, TODAY)
      const accepted = await rowsOf('work_evidence', { item_id: itemId, state: 'accepted' })
      assert.lengthOf(accepted, 1)
    }
    assert.deepEqual(await checkProgramme(), [])
  }).timeout(120_000)
})
