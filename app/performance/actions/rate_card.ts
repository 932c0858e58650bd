import type { ActiveGrant, Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { Exact } from '#shared/formulas/formula'
import type { Outlook, Rating } from '../domain/codes.js'
import { isVetoed } from '../domain/score.js'
import { RESULT_STATES } from '../domain/cycle_states.js'
import { cardById, type CardRow } from '../queries/cards.js'
import { cycleById } from '../queries/cycles.js'
import { changeResult } from './change_result.js'
import { correctFigures } from './correct_figures.js'
import { lockCycle } from './lock_cycle.js'
import { proposeConsequences } from './propose_consequences.js'

export interface RateInput {
  cardId: number
  version: number
  rating: Rating | null
  reason?: string | null
  grant?: ActiveGrant | null
}

/**
 * Sets the rating of a card in calibration or in the collective decision; one that was given before
 * changes by a reason alone.
 */
export async function rateCard(input: RateInput, actor: Actor, trx?: Trx) {
  const { cycleId } = await cardById(input.cardId, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, ['calibration', 'decision'])
    const card = await othersCard(input.cardId, actor, client)
    assertRatable(card, input.rating)
    if (card.rating !== null && card.rating !== input.rating && !input.reason?.trim()) {
      const code = 'performance.errors.reason_needed'
      throw new DomainError(code, {}, [{ field: 'reason', code }])
    }
    await changeResult(client, actor, card, input.version, {
      stage: 'decision',
      rating: input.rating,
      reason: input.reason ?? null,
      grant: input.grant,
    })
  }, trx)
}

/** Changes a score in calibration, with the reason that the person will read. */
export async function calibrateCard(
  input: {
    cardId: number
    version: number
    score: string
    reason: string
    grant?: ActiveGrant | null
  },
  actor: Actor,
  trx?: Trx
) {
  const score = readScore(input.score)
  const { cycleId } = await cardById(input.cardId, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, ['calibration'])
    const card = await othersCard(input.cardId, actor, client)
    if (card.outlook !== 'graded') throw new DomainError('performance.errors.not_graded')
    await changeResult(client, actor, card, input.version, {
      stage: 'calibration',
      score,
      reason: input.reason,
      grant: input.grant,
    })
  }, trx)
}

/**
 * Corrects a result that stands already, with a document: a new version beside the old one. A score
 * that is not given follows corrected figures. The cap of a year's cycle binds here as well.
 */
export async function correctResult(
  input: {
    cardId: number
    version: number
    score: string | null
    rating: Rating | null
    /** Indicator id → its corrected value. */
    values?: Record<string, string>
    reason: string
    documentId: number
    grant?: ActiveGrant | null
  },
  actor: Actor,
  trx?: Trx
) {
  const score = input.score === null ? undefined : readScore(input.score)
  const { cycleId } = await cardById(input.cardId, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, RESULT_STATES)
    const card = await othersCard(input.cardId, actor, client)
    const rating = input.rating ?? card.rating
    const cycle = await cycleById(cycleId, client)
    const corrected = await correctFigures(client, card, cycle, input.values ?? {})
    assertRatable(await cardById(card.id, client), rating)
    const changed = await changeResult(client, actor, card, input.version, {
      stage: 'correction',
      score: score ?? corrected?.score,
      rating,
      figures: corrected?.figures,
      reason: input.reason,
      documentId: input.documentId,
      grant: input.grant,
    })
    if (!changed) throw new DomainError('performance.errors.nothing_corrected')
    if (cycle.state === 'closed') await proposeConsequences(client, cycle, [input.cardId])
  }, trx)
}

/** The card of somebody else: nobody makes the own result. */
async function othersCard(id: number, actor: Actor, trx: Trx): Promise<CardRow> {
  const card = await cardById(id, trx)
  if (actor.isSelf(card.personId)) throw new DomainError('performance.errors.own_card')
  return card
}

/** What may not be graded by the rules is not graded by hand either. */
export function assertRatable(card: CardRow, rating: Rating | null) {
  if (rating === null) return
  const allowed: Record<Outlook, boolean> = {
    graded: true,
    leader: true,
    undetermined: rating === 'undetermined',
    comment_only: false,
    left: false,
  }
  if (!allowed[card.outlook]) {
    throw new DomainError('performance.errors.not_ratable', { person: card.personName })
  }
  if (rating === 'excellent' && isVetoed(card.trace)) {
    throw new DomainError('performance.errors.vetoed', { person: card.personName })
  }
}

function readScore(text: string): string {
  const score = Exact.parse(text)
  if (score === null || score.isNegative || score.compare(Exact.from(1_000)) > 0) {
    const params = { value: text }
    const code = 'performance.errors.not_a_score'
    throw new DomainError(code, params, [{ field: 'score', code, params }])
  }
  return score.round(4).toString()
}
