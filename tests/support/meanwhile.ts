import { inTransaction, isSqlite, type Trx } from '#shared/database'
import { together } from './together.js'

/**
 * Another one acts once this transaction has read, and before it writes; the keys of the refusals of
 * both. The embedded database has one connection: there the other one waits for this one to end.
 */
export async function meanwhile(
  read: (trx: Trx) => Promise<unknown>,
  other: () => Promise<unknown>,
  write: (trx: Trx) => Promise<unknown>
): Promise<{ here: string[]; there: string[] }> {
  let there: Promise<string[]> | null = null
  const body = async (trx: Trx) => {
    await read(trx)
    there ??= together([other])
    if (!isSqlite()) await there
    await write(trx)
  }
  const here = await together([() => inTransaction(body)])
  return { here, there: await there! }
}
