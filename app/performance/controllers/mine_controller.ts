import type { HttpContext } from '@adonisjs/core/http'
import { raiseAppeal, raiseObjection } from '../actions/appeals.js'
import { saveSelfReport, signCard } from '../actions/own_card.js'
import { RESULT_STATES } from '../domain/cycle_states.js'
import { authorizeCard, idOf, openCard, openOwnCard } from '../policies.js'
import { appealById } from '../queries/appeals.js'
import { cardsOfPerson } from '../queries/cards.js'
import { cycleById } from '../queries/cycles.js'
import {
  appealValidator,
  objectionValidator,
  selfReportValidator,
  signValidator,
} from '../validators.js'

/** What everybody does in the own review: look, report, sign, appeal. */
export default class MineController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('performance.self')
    const cards = actor!.personId === null ? [] : await cardsOfPerson(actor!.personId)
    const rows = await Promise.all(
      cards.map(async (card) => {
        const cycle = await cycleById(card.cycleId)
        const stands = RESULT_STATES.includes(cycle.state)
        return { card, cycle, stands }
      })
    )
    return view.render('pages/performance/mine/index', { rows })
  }

  async report({ actor, params, request, response, session, i18n }: HttpContext) {
    const card = await openOwnCard(actor!, idOf(params.id))
    const { version, text } = await request.validateUsing(selfReportValidator)
    await saveSelfReport({ cardId: card.id, version, text }, actor!)
    session.flash('success', i18n.t('performance.done.self_reported'))
    return response.redirect().toRoute('performance.cards.show', { id: card.id })
  }

  async sign({ actor, params, request, response, session, i18n }: HttpContext) {
    const card = await openOwnCard(actor!, idOf(params.id))
    const form = await request.validateUsing(signValidator)
    const { version, comment = null } = form
    await signCard({ cardId: card.id, version, agreed: form.agreed === 'yes', comment }, actor!)
    session.flash('success', i18n.t('performance.done.signed'))
    return response.redirect().toRoute('performance.cards.show', { id: card.id })
  }

  async appeal({ actor, params, request, response, session, i18n }: HttpContext) {
    const card = await openOwnCard(actor!, idOf(params.id))
    const { reason } = await request.validateUsing(appealValidator)
    const id = await raiseAppeal({ cardId: card.id, reason }, actor!)
    const { number } = await appealById(id)
    session.flash('success', i18n.t('performance.done.appealed', { number }))
    return response.redirect().toRoute('performance.cards.show', { id: card.id })
  }

  /** An objection that the office received while 优秀 were public. */
  async object({ actor, params, request, response, session, i18n }: HttpContext) {
    const { card, cycle } = await openCard(actor!, idOf(params.id))
    authorizeCard(actor!, 'performance.prepare', card, cycle)
    const { reason, raised_by: name } = await request.validateUsing(objectionValidator)
    const id = await raiseObjection({ cardId: card.id, reason, name }, actor!)
    const { number } = await appealById(id)
    session.flash('success', i18n.t('performance.done.appealed', { number }))
    return response.redirect().toRoute('performance.appeals.show', { id })
  }
}
