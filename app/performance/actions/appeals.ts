import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { APPEAL_MOVES } from '../domain/appeals.js'
import type { Rating } from '../domain/codes.js'
import { RESULT_STATES } from '../domain/cycle_states.js'
import { appealById } from '../queries/appeals.js'
import { appealUntil } from '../queries/appeal_until.js'
import { cardById } from '../queries/cards.js'
import { cycleById } from '../queries/cycles.js'
import { assertRatable } from './rate_card.js'
import { changeResult } from './change_result.js'
import { lockCycle } from './lock_cycle.js'
import { ownCard } from './own_card.js'
import { proposeConsequences } from './propose_consequences.js'

/**
 * The person appeals against 基本合格 or 不合格 (art. 36), until the day that was told; against a
 * corrected result for as many days again, the review closed or not.
 */
export async function raiseAppeal(
  input: { cardId: number; reason: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const { cycleId } = await ownCard(input.cardId, actor, trx)
  return inTransaction(async (client) => {
    await lockCycle(client, cycleId, ['signing', 'closed'])
    const card = await ownCard(input.cardId, actor, client)
    const cycle = await cycleById(cycleId, client)
    const until = await appealUntil(card, cycle, client)
    if (until === null) throw new DomainError('performance.errors.not_appealable')
    if (clock.today() > until) {
      throw new DomainError('performance.errors.appeal_late', { date: until })
    }
    return insertAppeal(client, actor, { ...input, kind: 'appeal', name: actor.name })
  }, trx)
}

/** An objection (异议) of anybody against a proposed 优秀 while it is public, as it was received. */
export async function raiseObjection(
  input: { cardId: number; reason: string; name: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const { cycleId } = await cardById(input.cardId, trx)
  return inTransaction(async (client) => {
    await lockCycle(client, cycleId, ['publicity'])
    const card = await cardById(input.cardId, client)
    if (card.rating !== 'excellent') throw new DomainError('performance.errors.not_public')
    return insertAppeal(client, actor, { ...input, kind: 'objection' })
  }, trx)
}

/**
 * Answers an appeal or objection: kept, or upheld with the rating that it should be. Never by who
 * raised it.
 */
export async function answerAppeal(
  input: {
    appealId: number
    version: number
    uphold: boolean
    answer: string
    rating: Rating | null
    grant?: ActiveGrant | null
  },
  actor: Actor,
  trx?: Trx
) {
  const { cycleId } = await appealById(input.appealId, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, RESULT_STATES)
    const appeal = await appealById(input.appealId, client)
    const card = await cardById(appeal.cardId, client)
    if (actor.isSelf(card.personId)) throw new DomainError('performance.errors.own_card')
    if (input.uphold) {
      if (input.rating === null || input.rating === card.rating) {
        const code = 'performance.errors.rating_needed'
        throw new DomainError(code, {}, [{ field: 'rating', code }])
      }
      assertRatable(card, input.rating)
      await changeResult(client, actor, card, card.version, {
        stage: 'appeal',
        rating: input.rating,
        reason: `${appeal.number} ${input.answer}`.slice(0, 500),
        grant: input.grant,
      })
      const cycle = await cycleById(cycleId, client)
      if (cycle.state === 'closed') await proposeConsequences(client, cycle, [card.id])
    }
    await moveState(
      client,
      'review_appeals',
      { id: appeal.id, version: input.version },
      APPEAL_MOVES,
      input.uphold ? 'uphold' : 'reject',
      { answer: input.answer, answered_by: actor.userId, answered_at: clock.now() }
    )
    await record(client, actor, {
      action: `performance.appeal.${input.uphold ? 'upheld' : 'rejected'}`,
      subjectType: 'review_appeal',
      subjectId: appeal.id,
      changes: { answer: input.answer },
      grant: input.grant,
    })
  }, trx)
}

/** Who raised an appeal takes it back before it is answered. */
export async function withdrawAppeal(
  input: { appealId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const appeal = await appealById(input.appealId, client)
    if (appeal.raisedBy !== actor.userId) throw new DomainError('performance.errors.other_author')
    await moveState(
      client,
      'review_appeals',
      { id: appeal.id, version: input.version },
      APPEAL_MOVES,
      'withdraw'
    )
    await record(client, actor, {
      action: 'performance.appeal.withdrawn',
      subjectType: 'review_appeal',
      subjectId: appeal.id,
    })
  }, trx)
}

async function insertAppeal(
  trx: Trx,
  actor: Actor,
  input: { cardId: number; kind: 'appeal' | 'objection'; reason: string; name: string }
): Promise<number> {
  try {
    const id = await insertRow(trx, 'review_appeals', {
      number: `new-${crypto.randomUUID()}`,
      scorecard_id: input.cardId,
      kind: input.kind,
      reason: input.reason,
      raised_by_name: input.name,
      state: 'submitted',
      raised_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const prefix = input.kind === 'appeal' ? 'SS' : 'YY'
    const number = `${prefix}${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    await trx.from('review_appeals').where('id', id).update({ number })
    await record(trx, actor, {
      action: `performance.${input.kind}.raised`,
      subjectType: 'review_appeal',
      subjectId: id,
      changes: { reason: input.reason },
    })
    return id
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('performance.errors.appeal_open')
  }
}
