import type { HttpContext } from '@adonisjs/core/http'
import { saveScoring, submitScorings } from '../actions/save_scoring.js'
import { pointsText } from '../actions/book_points.js'
import { spreadOf } from '../domain/spread.js'
import { idOf, seesCard } from '../policies.js'
import { distribution } from '../presenters/spread.js'
import { cardsToComment } from '../queries/comments.js'
import { cycleById } from '../queries/cycles.js'
import { scoringDesk } from '../queries/scoring_desk.js'
import { cardById, type CardRow } from '../queries/cards.js'
import { rowScoringValidator, scoringValidator, versionValidator } from '../validators.js'

/** The desk on which a manager scores: a grid for the keyboard that saves by itself. */
export default class ScoringController {
  async show({ actor, params, view, i18n }: HttpContext) {
    actor!.authorize('performance.score')
    const cycle = await cycleById(idOf(params.id))
    const desk = await scoringDesk(cycle, actor!)
    return view.render('pages/performance/scoring/show', {
      cycle,
      desk,
      open: cycle.state === 'scoring',
      comments: await cardsToComment(cycle, actor!),
      spread: spreadOf(desk.means),
      picture: distribution(desk.means, i18n),
      points: pointsText,
      sees: (card: CardRow) => seesCard(actor!, card, cycle),
    })
  }

  /** Every row at once: for who works without scripts. */
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('performance.score')
    const cycle = await cycleById(idOf(params.id))
    const form = await request.validateUsing(scoringValidator)
    const desk = await scoringDesk(cycle, actor!)
    for (const row of desk.rows) {
      const typed = form.scores?.[`c${row.card.id}`]
      if (!typed) continue
      const scores = textsOf(typed)
      if (!changed(scores, row.scores)) continue
      const version = Number(form.versions?.[`c${row.card.id}`]) || null
      await saveScoring({ cardId: row.card.id, version, scores }, actor!)
    }
    session.flash('success', i18n.t('performance.done.scores_saved'))
    return response.redirect().toRoute('performance.scoring.show', { id: cycle.id })
  }

  /** One row, as soon as a cell changed; answers with the progress of the desk. */
  async row({ actor, params, request, response, i18n }: HttpContext) {
    const card = await cardById(idOf(params.cardId))
    const { unitId, departmentId } = card
    actor!.authorize('performance.score', { unitId, departmentId })
    const form = await request.validateUsing(rowScoringValidator)
    const version = await saveScoring(
      { cardId: card.id, version: form.version ?? null, scores: textsOf(form.scores ?? {}) },
      actor!
    )
    const cycle = await cycleById(card.cycleId)
    const desk = await scoringDesk(cycle, actor!)
    const spread = spreadOf(desk.means)
    return response.json({
      version,
      total: desk.total,
      done: desk.done,
      complete: desk.rows.find((row) => row.card.id === card.id)?.complete ?? false,
      mean: spread?.mean.toFixed(1) ?? '—',
      deviation: spread?.deviation.toFixed(1) ?? '—',
      picture: distribution(desk.means, i18n),
    })
  }

  async submit({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('performance.score')
    await request.validateUsing(versionValidator)
    const cycle = await cycleById(idOf(params.id))
    const count = await submitScorings(cycle.id, actor!)
    session.flash('success', i18n.t('performance.done.scores_submitted', { count }))
    return response.redirect().toRoute('performance.scoring.show', { id: cycle.id })
  }
}

/** Keys are `i<indicator>`: a form's bare numbers would be read as places of a list. */
function textsOf(typed: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).map(([key, text]) => [key.slice(1), text ?? '']))
}

function changed(typed: Record<string, string>, stored: Record<string, string>): boolean {
  const filled = Object.entries(typed).filter(([, text]) => text.trim() !== '')
  return (
    filled.length !== Object.keys(stored).length ||
    filled.some(([id, text]) => stored[id] !== text.trim())
  )
}
