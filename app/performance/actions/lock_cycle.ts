import { readTooEarly, type Trx } from '#shared/database'
import { MoveError } from '#shared/errors'
import type { CycleState } from '../domain/cycle_states.js'

/**
 * Holds the cycle's row and refuses when it is in none of these states: what depends on the state
 * cannot slip in while another transaction moves it. Always the first row that is locked. What the
 * transaction read before must still be so: MySQL would go on showing it as it was, hence the turn
 * as this transaction sees it is held against the one that the lock gives.
 */
export async function lockCycle(trx: Trx, cycleId: number, states: readonly CycleState[]) {
  const cycle = () => trx.from('review_cycles').where('id', cycleId)
  const held = await cycle().forUpdate().first()
  const seen = await cycle().first()
  if (held && Number(held.turn) !== Number(seen?.turn)) throw readTooEarly()
  if (!held || !states.includes(held.state)) throw new MoveError({ id: cycleId, verb: 'change' })
  await cycle().update({ turn: Number(held.turn) + 1 })
}
