import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { cycleById } from '../queries/cycles.js'
import { proposalsOf } from '../queries/proposals.js'

export interface ConsequenceInput {
  cycleId: number
  cardIds: number[]
  accepted: boolean
  documentId: number
  reason: string | null
  grant?: ActiveGrant | null
}

/**
 * Accepts or refuses what the results of a closed year lead to, once a result, with the document.
 * Nobody decides about the own step; a corrected result is decided anew. Returns how many people.
 */
export async function decideConsequences(
  input: ConsequenceInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  if (!input.accepted && !input.reason) {
    const code = 'performance.errors.refusal_reason'
    throw new DomainError(code, {}, [{ field: 'reason', code }])
  }
  return inTransaction(async (client) => {
    const cycle = await cycleById(input.cycleId, client)
    const wanted = new Set(input.cardIds)
    const rows = (await proposalsOf(cycle.id, client)).filter(({ cardId }) => wanted.has(cardId))
    if (rows.length === 0 || rows.length < wanted.size) {
      throw new DomainError('performance.errors.choose_people')
    }
    for (const { cardId, personId, personName, resultVersion } of rows) {
      if (actor.isSelf(personId)) throw new DomainError('performance.errors.own_card')
      try {
        await insertRow(client, 'rating_decisions', {
          scorecard_id: cardId,
          result_version: resultVersion,
          accepted: input.accepted,
          document_id: input.documentId,
          reason: input.reason,
          decided_by: actor.userId,
          created_at: clock.now(),
        })
      } catch (error) {
        if (!isUniqueViolation(error)) throw error
        throw new DomainError('performance.errors.consequence_decided', { person: personName })
      }
      await record(client, actor, {
        action: `performance.consequence.${input.accepted ? 'accepted' : 'refused'}`,
        subjectType: 'scorecard',
        subjectId: cardId,
        changes: { reason: input.reason, document_id: input.documentId },
        grant: input.grant,
      })
    }
    return rows.length
  }, trx)
}
