import { mainAssignmentOf } from '#people/queries/assignments'
import type { AssignmentRow } from '#people/queries/assignment_rows'
import { RESULT_STATES } from '#performance/domain/cycle_states'
import { cardsOfPerson, type CardRow } from '#performance/queries/cards'
import { cycleById, type CycleRow } from '#performance/queries/cycles'
import { ownSlipPage } from '#pay/queries/own_slips'
import type { SlipRow } from '#pay/queries/slips'
import type { Actor } from '#shared/actor'

export interface OwnFigures {
  personId: number
  place: AssignmentRow | null
  /** The newest that was released. */
  slip: SlipRow | null
  /** The newest review whose result stands. */
  result: { card: CardRow; cycle: CycleRow } | null
}

/** What somebody who looks after nothing opens with: the own post, payslip and result. */
export async function ownFigures(actor: Actor, today: string): Promise<OwnFigures | null> {
  const { personId } = actor
  if (personId === null) return null
  const slips = actor.may('pay.view_self') ? await ownSlipPage(personId, null) : null
  return {
    personId,
    place: await mainAssignmentOf(personId, today),
    slip: slips?.rows[0] ?? null,
    result: actor.may('performance.self') ? await lastResult(personId) : null,
  }
}

async function lastResult(personId: number): Promise<OwnFigures['result']> {
  for (const card of await cardsOfPerson(personId)) {
    const cycle = await cycleById(card.cycleId)
    if (RESULT_STATES.includes(cycle.state)) return { card, cycle }
  }
  return null
}
