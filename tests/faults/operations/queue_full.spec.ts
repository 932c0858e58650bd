import { test } from '@japa/runner'
import { bulkInsert, inTransaction } from '#shared/database'
import { enqueue } from '#shared/jobs/queue'
import { DomainError } from '#shared/errors'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'

const MOMENT = '2026-01-01 00:00:00.000'

test.group('A full queue', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    const rows = Array.from({ length: 1_000 }, (_, number) => ({
      kind: 'x',
      job_key: `open-${number}`,
      payload: '{}',
      state: number % 2 ? 'queued' : 'running',
      run_after: MOMENT,
      created_at: MOMENT,
    }))
    await inTransaction((trx) => bulkInsert(trx, 'jobs', rows))
  })

  /** An action as modules write them: something of its own, and the job that goes with it. */
  const act = () =>
    inTransaction(async (trx) => {
      const row = { name: 'with-job', valid_from: '2026-01-01', value: '1', version: 1 }
      await trx.table('settings').insert({ ...row, created_at: MOMENT })
      await enqueue(trx, { kind: 'x', key: 'one-more' })
    })

  test('refuses the action by name and leaves nothing of it', async ({ assert }) => {
    const error = await act().then(
      () => null,
      (reason) => reason
    )
    assert.instanceOf(error, DomainError)
    assert.equal(error.key, 'shared.errors.queue_full')
    assert.lengthOf(await rowsOf('settings'), 0)
    assert.lengthOf(await rowsOf('jobs'), 1_000)
  })

  test('takes work again when one job has ended', async ({ assert }) => {
    await inTransaction((trx) =>
      trx.from('jobs').where('job_key', 'open-7').update({ state: 'done', finished_at: MOMENT })
    )
    await act()
    assert.lengthOf(await rowsOf('jobs', { job_key: 'one-more' }), 1)
    assert.lengthOf(await rowsOf('settings'), 1)
  })
})
