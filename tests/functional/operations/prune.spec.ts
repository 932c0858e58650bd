import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction } from '#shared/database'
import { drainJobs, enqueueScheduled } from '#shared/jobs/queue'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'

test.group('Clearing', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    clock.freeze('2026-06-01 00:00:00.000')
  })
  group.each.teardown(() => clock.release())

  const job = (key: string, state: string, daysAgo: number, createdBy: number | null = null) => ({
    kind: 'x',
    job_key: key,
    payload: '{}',
    state,
    run_after: clock.in(-daysAgo * 86_400),
    created_by: createdBy,
    created_at: clock.in(-daysAgo * 86_400),
    finished_at: ['done', 'failed'].includes(state) ? clock.in(-daysAgo * 86_400) : null,
  })

  /** The daily job as the worker runs it. */
  async function clear() {
    await enqueueScheduled()
    await drainJobs()
    const [row] = await rowsOf('jobs', { kind: 'operations.prune' })
    return JSON.parse(row.result)
  }

  test('takes ended jobs after their time and leaves all that wait, run or failed lately', async ({
    assert,
  }) => {
    const rows = [
      job('clockwork', 'done', 4),
      job('clockwork-fresh', 'done', 2),
      job('clockwork-failed', 'failed', 4),
      job('asked-for', 'done', 4, 7),
      job('asked-for-long-ago', 'done', 91, 7),
      job('failed-long-ago', 'failed', 91, 7),
    ]
    await inTransaction((trx) => bulkInsert(trx, 'jobs', rows))
    assert.deepEqual(await clear(), { removed: 3 })
    const left = await db.from('jobs').where('kind', 'x').orderBy('id')
    assert.deepEqual(
      left.map(({ job_key: key }) => key),
      ['clockwork-fresh', 'clockwork-failed', 'asked-for']
    )
  })

  test('takes more than one piece, of keys and attempts too', async ({ assert }) => {
    const keys = Array.from({ length: 2_100 }, (_, number) => ({
      id: `key-${number}`,
      result: 'null',
      created_at: clock.in((number < 2_050 ? -91 : -1) * 86_400),
    }))
    const attempts = [
      { id: 'old', hits: 1, window_ends: clock.in(-2 * 86_400) },
      { id: 'counting', hits: 1, window_ends: clock.in(60) },
    ]
    await inTransaction(async (trx) => {
      await bulkInsert(trx, 'idempotency_keys', keys)
      await bulkInsert(trx, 'throttles', attempts)
    })
    assert.deepEqual(await clear(), { removed: 2_051 })
    assert.lengthOf(await rowsOf('idempotency_keys'), 50)
    const left = await rowsOf('throttles')
    assert.deepEqual(
      left.map(({ id }) => id),
      ['counting']
    )
  })
})
