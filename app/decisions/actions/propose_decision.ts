import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { DECISION_MOVES } from '../domain/decision_states.js'
import { formOf, parseValue } from '../domain/value_forms.js'
import { decisionById, type DecisionRow } from '../queries/decisions.js'
import { decisionSubjects } from '../subjects.js'
import { refuseOwn } from './refuse_own.js'

export interface ProposalInput {
  decisionId: number
  version: number
  /** The form's fields as they came; read by the form of the decision's code. */
  fields: Record<string, unknown>
  documentId: number
  effectiveOn: string | null
  reason: string | null
}

/** Writes down value and document; a second person has to decide. */
export async function proposeDecision(input: ProposalInput, actor: Actor, trx?: Trx) {
  const decision = await decisionById(input.decisionId, trx)
  refuseOwn(decision, actor)
  const value = await readValue(decision, input.fields, trx)
  await inTransaction(async (client) => {
    await moveState(
      client,
      'decisions',
      { id: decision.id, version: input.version },
      DECISION_MOVES,
      'propose',
      {
        value: JSON.stringify(value),
        document_id: input.documentId,
        effective_on: input.effectiveOn,
        reason: input.reason,
        proposed_by: actor.userId,
        proposed_at: clock.now(),
      }
    )
    await record(client, actor, {
      action: 'decisions.decision.proposed',
      subjectType: 'decision',
      subjectId: decision.id,
      changes: { code: decision.code, value, document_id: input.documentId },
    })
  }, trx)
}

/** Reads and checks the value of a decision from a form; DomainError at the field otherwise. */
export async function readValue(decision: DecisionRow, fields: Record<string, unknown>, trx?: Trx) {
  const units = (decision.evidence.units ?? []).map(({ unitId }) => unitId)
  const form = formOf(decision.topic, decision.subjectType !== null)
  const parsed = parseValue(form, fields, units)
  if (!parsed.ok) throw new DomainError('decisions.errors.value', {}, parsed.fields)
  const names = await decisionSubjects.names('unit', parsed.unitIds, trx)
  if (parsed.unitIds.some((id) => !names.has(id))) {
    throw new DomainError('decisions.errors.unknown_unit')
  }
  return parsed.value
}
