import { setTimeout as sleep } from 'node:timers/promises'
import { inTransaction, isSqlite, type Trx } from '#shared/database'
import { together } from './together.js'

/** Long enough for a few statements that wait for nobody. */
const HEAD_START_MS = 400

/**
 * The first one has written and not committed yet when the second one comes: who looks behind a lock
 * waits for the commit. The keys of the second one's refusals.
 */
export async function overtaking(
  first: (trx: Trx) => Promise<unknown>,
  second: () => Promise<unknown>
): Promise<string[]> {
  let late: Promise<string[]> | null = null
  await inTransaction(async (trx) => {
    await first(trx)
    late ??= together([second])
    // The embedded database has one connection: there the second one waits for it.
    if (!isSqlite()) await Promise.race([late, sleep(HEAD_START_MS)])
  })
  return late!
}
