import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { ForbiddenError } from '#shared/errors'
import { answerAppeal, withdrawAppeal } from '../actions/appeals.js'
import { APPEAL_STATES } from '../domain/appeals.js'
import { RATINGS } from '../domain/codes.js'
import { authorizeCard, idOf, openCard } from '../policies.js'
import { appealById, appealPage } from '../queries/appeals.js'
import { answerValidator, versionValidator } from '../validators.js'

/** 申诉 and 异议. */
export default class AppealsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('performance.view')
    const filter = {
      state: APPEAL_STATES.find((known) => known === request.input('state')) ?? null,
      kind:
        (['appeal', 'objection'] as const).find((known) => known === request.input('kind')) ?? null,
    }
    const units = actor!.unitsFor('performance.view')
    return view.render('pages/performance/appeals/index', {
      filter,
      states: APPEAL_STATES,
      page: await appealPage({ ...filter, units }, request.input('cursor') ?? null),
    })
  }

  async show({ actor, params, view }: HttpContext) {
    const appeal = await appealById(idOf(params.id))
    const { card, cycle, own } = await openCard(actor!, appeal.cardId)
    if (own && appeal.kind === 'objection') throw new ForbiddenError('performance.view')
    const target = [{ unitId: card.unitId }, { unitId: cycle.unitId }]
    return view.render('pages/performance/appeals/show', {
      appeal,
      card,
      ratings: RATINGS,
      mayAnswer:
        appeal.state === 'submitted' &&
        !actor!.isSelf(card.personId) &&
        target.some((place) => actor!.may('performance.answer', place)),
      mayWithdraw: appeal.state === 'submitted' && appeal.raisedBy === actor!.userId,
      history: await historyOf('review_appeal', appeal.id),
    })
  }

  async answer({ actor, params, request, response, session, i18n }: HttpContext) {
    const appeal = await appealById(idOf(params.id))
    const { card, cycle } = await openCard(actor!, appeal.cardId)
    const grant = authorizeCard(actor!, 'performance.answer', card, cycle)
    const form = await request.validateUsing(answerValidator)
    await answerAppeal(
      {
        appealId: appeal.id,
        version: form.version,
        uphold: form.uphold === 'yes',
        rating: form.rating ?? null,
        answer: form.answer,
        grant,
      },
      actor!
    )
    session.flash('success', i18n.t('performance.done.answered'))
    return response.redirect().toRoute('performance.appeals.show', { id: appeal.id })
  }

  async withdraw({ actor, params, request, response, session, i18n }: HttpContext) {
    const appeal = await appealById(idOf(params.id))
    await openCard(actor!, appeal.cardId)
    if (appeal.raisedBy !== actor!.userId) throw new ForbiddenError('performance.self')
    const { version } = await request.validateUsing(versionValidator)
    await withdrawAppeal({ appealId: appeal.id, version }, actor!)
    session.flash('success', i18n.t('performance.done.withdrawn'))
    return response.redirect().toRoute('performance.appeals.show', { id: appeal.id })
  }
}
