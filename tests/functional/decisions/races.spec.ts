import { test } from '@japa/runner'
import { recordDocument } from '#decisions/actions/record_document'
import { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { together } from '#tests/support/together'

const ROUNDS = 10
const system = Actor.system('tests')

test.group('Documents, two at once', (group) => {
  group.each.setup(() => emptyDatabase())

  test('title and issuer filled in by two: both stand, each on record', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const documentNo = `市融改〔2022〕${round}号`
      const write = (more: { title?: string; issuer?: string }) =>
        inTransaction((trx) => recordDocument(trx, system, { documentNo, ...more }))
      const subjectId = await write({})
      const refusals = await together([
        () => write({ title: '改革方案' }),
        () => write({ issuer: '市委宣传部' }),
      ])
      const [{ title, issuer }] = await rowsOf('documents', { document_no: documentNo })
      assert.deepEqual([refusals, title, issuer], [[], '改革方案', '市委宣传部'], `round ${round}`)
      const told = { action: 'decisions.document.completed', subject_id: subjectId }
      assert.lengthOf(await rowsOf('audit_events', told), 2)
    }
  }).timeout(120_000)
})
