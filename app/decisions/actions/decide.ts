import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { decisionEffects } from '../effects.js'
import { DECISION_MOVES } from '../domain/decision_states.js'
import { decisionById, type DecisionRow } from '../queries/decisions.js'
import { refuseOwn } from './refuse_own.js'

export interface DecideInput {
  decisionId: number
  version: number
  /** The grant that allowed it; one held for the proposer does not count as a second person. */
  grant?: ActiveGrant | null
}

/** Makes the proposed value the value in force; never by the person who proposed it. */
export async function decide(input: DecideInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const decision = await decisionById(input.decisionId, client)
    refuseProposer(decision, actor, input.grant)
    refuseOwn(decision, actor)
    await moveState(
      client,
      'decisions',
      { id: decision.id, version: input.version },
      DECISION_MOVES,
      'decide',
      {
        decided_by: actor.userId,
        decided_at: clock.now(),
      }
    )
    if (decision.kind === 'replacement') await takePlace(client, decision)
    await record(client, actor, {
      action: 'decisions.decision.decided',
      subjectType: 'decision',
      subjectId: decision.id,
      changes: { code: decision.code, value: decision.value, document_id: decision.documentId },
      grant: input.grant,
    })
    await decisionEffects.run(client, actor, { ...decision, state: 'decided' })
  }, trx)
}

/** Sends a proposal back with the reason; the proposer may withdraw it this way as well. */
export async function returnProposal(
  input: { decisionId: number; version: number; reason: string; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const decision = await decisionById(input.decisionId, client)
    if (decision.proposedBy !== actor.userId) refuseOwn(decision, actor)
    await moveState(
      client,
      'decisions',
      { id: input.decisionId, version: input.version },
      DECISION_MOVES,
      'return'
    )
    await record(client, actor, {
      action: 'decisions.decision.returned',
      subjectType: 'decision',
      subjectId: input.decisionId,
      changes: { reason: input.reason },
      grant: input.grant,
    })
  }, trx)
}

function refuseProposer(decision: DecisionRow, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(decision.proposedBy, grant)) {
    throw new DomainError('decisions.errors.same_person')
  }
}

/** The old value leaves only now, in the same transaction: there is always exactly one in force. */
async function takePlace(trx: Trx, replacement: DecisionRow) {
  const replaces = Number(replacement.evidence.replaces)
  const old = await decisionById(replaces, trx)
  const gone = await trx
    .from('decisions')
    .where({ id: replaces, state: 'decided' })
    .update({ state: 'replaced', replaced_by: replacement.id, version: old.version + 1 })
  if (!affected(gone)) throw new MoveError({ id: replaces, verb: 'replace' })
  await trx.from('decisions').where('id', replacement.id).update({ code: old.code })
}
