import type { DecisionRow } from '#decisions/queries/decisions'
import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { changeResult } from '../actions/change_result.js'
import { lockCycle } from '../actions/lock_cycle.js'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { FIGURES } from '../domain/figures.js'
import { cardById } from '../queries/cards.js'
import { cycleById } from '../queries/cycles.js'
import { computeLate, valueRow } from './written_results.js'
import { figureIndicators } from './figure_indicators.js'
import type { ResultFigures } from './result_row.js'

/**
 * What the decision on a person's second row sets going: kept, its figures take the place of those
 * that were written, and a score that was computed already follows them; rejected, they stay. Only
 * while the cycle is open.
 */
export async function settleResult(trx: Trx, actor: Actor, decision: DecisionRow): Promise<void> {
  const { reason, cardId, importId } = decision.evidence
  if (reason !== 'result_twice') return
  if (decision.kind !== 'held') throw new DomainError('decisions.errors.held_is_final')
  const value = decision.value
  if (!value || !('choice' in value) || value.choice !== 'keep') return
  const card = await cardById(Number(cardId), trx)
  if (actor.isSelf(card.personId)) throw new DomainError('performance.errors.own_card')
  await lockCycle(trx, card.cycleId, OPEN_STATES)
  const cycle = await cycleById(card.cycleId, trx)
  const figures = decision.evidence.figures as ResultFigures
  const indicators = await figureIndicators(trx, cycle, actor)
  await trx.from('card_values').where({ scorecard_id: card.id, source: 'imported' }).delete()
  for (const name of FIGURES) {
    const figure = figures[name]
    if (figure === null) continue
    await trx
      .table('card_values')
      .insert(valueRow(card.id, indicators[name], figure, Number(importId)))
  }
  await computeLate(trx, cycle, [card.id])
  const { score } = await cardById(card.id, trx)
  const rating = decision.evidence.rating as typeof card.rating
  await changeResult(trx, actor, card, card.version, {
    stage: 'import',
    score,
    rating: rating ?? card.rating,
    reason: decision.reason,
    documentId: decision.documentId,
  })
}
