import { clock } from '#shared/clock'
import type { Row, Trx } from '#shared/database'
import { MoveError, StaleError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { batchById, type BatchRow } from '../queries/batches.js'
import { TRANSITIONS, type BatchVerb } from '../domain/states.js'

/**
 * Moves a batch by a verb of its table and gives it as it is now. `version` is what the page had:
 * StaleError when somebody else saved since, MoveError when the state does not allow the verb.
 */
export async function moveBatch(
  trx: Trx,
  batch: { id: number; version: number },
  verb: BatchVerb,
  values: Row = {}
): Promise<BatchRow> {
  try {
    await moveState(trx, 'transfer_batches', batch, TRANSITIONS, verb, values)
  } catch (error) {
    if (!(error instanceof MoveError)) throw error
    const now = await batchById(batch.id, trx)
    throw now.version === batch.version
      ? error
      : new StaleError({ id: batch.id }, { type: 'transfer_batch', id: batch.id })
  }
  return batchById(batch.id, trx)
}

/** Opens a batch for a change of heading or lines: back to draft, whatever was checked before. */
export function openForEdit(trx: Trx, batch: { id: number; version: number }): Promise<BatchRow> {
  return moveBatch(trx, batch, 'edit', { checked_at: null, updated_at: clock.now() })
}
