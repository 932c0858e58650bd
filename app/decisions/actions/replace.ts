import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { decisionById } from '../queries/decisions.js'
import { readValue, type ProposalInput } from './propose_decision.js'

/**
 * Proposes another value for something decided. The old value stays in force until a second
 * person decides; a decision has at most one replacement under way (unique code). Returns its id.
 */
export async function proposeReplacement(
  input: Omit<ProposalInput, 'version' | 'reason'> & { reason: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const old = await decisionById(input.decisionId, trx)
  if (old.state !== 'decided') throw new MoveError({ id: old.id, verb: 'replace' })
  if (old.kind === 'held') throw new DomainError('decisions.errors.held_is_final')
  const value = await readValue(old, input.fields, trx)
  try {
    return await inTransaction(async (client) => {
      const id = await insertRow(client, 'decisions', {
        kind: 'replacement',
        code: `replaces:${old.id}`,
        state: 'proposed',
        subject_type: old.subjectType,
        subject_id: old.subjectId,
        evidence: JSON.stringify({ ...old.evidence, replaces: old.id, code: old.code }),
        value: JSON.stringify(value),
        reason: input.reason,
        document_id: input.documentId,
        effective_on: input.effectiveOn,
        proposed_by: actor.userId,
        proposed_at: clock.now(),
        version: 1,
        created_at: clock.now(),
      })
      await record(client, actor, {
        action: 'decisions.decision.replacement_proposed',
        subjectType: 'decision',
        subjectId: old.id,
        changes: { code: old.code, value: [old.value, value], replacement_id: id },
      })
      return id
    }, trx)
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('decisions.errors.replacement_under_way')
    throw error
  }
}
