import { isStillReferenced } from '#shared/database'
import type { Trx } from '#shared/database'

/** Deletes those of the rows that nothing points at; the others stay, for somebody uses them now. */
export async function dropUnused(trx: Trx, table: string, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    try {
      await trx.from(table).where({ id }).delete()
    } catch (error) {
      if (!isStillReferenced(error)) throw error
    }
  }
}
