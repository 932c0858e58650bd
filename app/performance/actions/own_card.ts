import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, ForbiddenError, MoveError } from '#shared/errors'
import { awaitsSignature } from '../queries/awaits_signature.js'
import { cardById, type CardRow } from '../queries/cards.js'
import { cycleById } from '../queries/cycles.js'
import { lockCycle } from './lock_cycle.js'

/** The self report (自评) of the person whose card it is. */
export async function saveSelfReport(
  input: { cardId: number; version: number; text: string },
  actor: Actor,
  trx?: Trx
) {
  const { cycleId } = await ownCard(input.cardId, actor, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, ['self_report', 'scoring'])
    const card = await ownCard(input.cardId, actor, client)
    await updateVersioned(client, 'scorecards', card.id, input.version, {
      self_report: input.text,
      self_reported_at: clock.now(),
    })
    await record(client, actor, {
      action: 'performance.card.self_reported',
      subjectType: 'scorecard',
      subjectId: card.id,
    })
  }, trx)
}

/**
 * The person signs the written result, agreeing or not; what is signed is the result as it stands.
 * When the review is closed only a result that was corrected since is signed, anew.
 */
export async function signCard(
  input: { cardId: number; version: number; agreed: boolean; comment: string | null },
  actor: Actor,
  trx?: Trx
) {
  const { cycleId } = await ownCard(input.cardId, actor, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, ['signing', 'closed'])
    const card = await ownCard(input.cardId, actor, client)
    if (card.rating === null && card.score === null) {
      throw new DomainError('performance.errors.no_result')
    }
    if (card.signedAt !== null) throw new DomainError('performance.errors.signed_already')
    const { state } = await cycleById(cycleId, client)
    if (!(await awaitsSignature(card, state, client))) {
      throw new MoveError({ id: card.id, verb: 'sign' })
    }
    await updateVersioned(client, 'scorecards', card.id, input.version, {
      signed_at: clock.now(),
      signed_agreed: input.agreed,
      sign_comment: input.comment,
    })
    await record(client, actor, {
      action: 'performance.card.signed',
      subjectType: 'scorecard',
      subjectId: card.id,
      changes: { agreed: input.agreed, rating: card.rating },
    })
  }, trx)
}

export async function ownCard(cardId: number, actor: Actor, trx?: Trx): Promise<CardRow> {
  const card = await cardById(cardId, trx)
  if (!actor.isSelf(card.personId)) throw new ForbiddenError('performance.self')
  return card
}
