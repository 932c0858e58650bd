import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { record } from '#audit/actions/record'
import { supersedeAssignment } from './supersede_assignment.js'

export interface EndAssignmentInput {
  assignmentId: number
  /** Civil date of the first day without it. */
  endsOn: string
  /** Last month paid by this unit, `YYYY-MM`. */
  paidThrough?: string | null
  reason: string
  documentId?: number | null
}

/**
 * Ends an open assignment and gives the id of the closed row that replaces it. Throws
 * people.errors.assignment_changed when it is not live and open,
 * people.errors.ends_before_start when it would end before its first day is over.
 */
export async function endAssignment(
  input: EndAssignmentInput,
  actor: Actor,
  outer?: Trx
): Promise<number> {
  return inTransaction(async (trx) => {
    const old = await trx.from('assignments').where('id', input.assignmentId).firstOrFail()
    const person = await trx.from('persons').where('id', old.person_id).firstOrFail()
    if (old.superseded_by !== null || old.valid_to !== null) {
      throw new DomainError('people.errors.assignment_changed', { names: person.name })
    }
    if (input.endsOn <= old.valid_from) {
      throw new DomainError('people.errors.ends_before_start', {
        name: person.name,
        date: old.valid_from,
      })
    }
    const id = await supersedeAssignment(trx, input.assignmentId, {
      valid_to: input.endsOn,
      paid_through: input.paidThrough ?? old.paid_through,
    })
    await record(trx, actor, {
      action: 'people.assignment.ended',
      subjectType: 'person',
      subjectId: Number(old.person_id),
      changes: {
        assignment: input.assignmentId,
        unit: Number(old.unit_id),
        to: input.endsOn,
        reason: input.reason,
        document: input.documentId ?? null,
      },
    })
    return id
  }, outer)
}
