import { affected, type Trx } from '#shared/database'
import { MoveError } from '#shared/errors'
import type { CycleState } from '../domain/cycle_states.js'

/**
 * Holds the cycle's row and refuses when it is in none of these states: what depends on the state
 * cannot slip in while another transaction moves it. Always the first row that is locked.
 */
export async function lockCycle(trx: Trx, cycleId: number, states: readonly CycleState[]) {
  const held = await trx
    .from('review_cycles')
    .where('id', cycleId)
    .whereIn('state', [...states])
    .update({ state: trx.raw('state') })
  if (!affected(held)) throw new MoveError({ id: cycleId, verb: 'change' })
}
