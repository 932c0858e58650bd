import { record, type EventInput } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'

/** Something of a round leaves the house: who took what. */
export function noteTaken(
  actor: Actor,
  roundId: number,
  what: Pick<EventInput, 'action' | 'changes' | 'grant'>
) {
  return inTransaction((trx) =>
    record(trx, actor, { ...what, subjectType: 'selection_round', subjectId: roundId })
  )
}
