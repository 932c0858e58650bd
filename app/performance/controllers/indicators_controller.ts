import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { clock } from '#shared/clock'
import { once } from '#shared/once'
import { changeFormula, createIndicator } from '../actions/indicators.js'
import { INDICATOR_KINDS, INDICATOR_SOURCES } from '../domain/codes.js'
import { versionStates } from '../domain/versions.js'
import { idOf } from '../policies.js'
import { indicatorById, indicatorList, indicatorVersions } from '../queries/indicators.js'
import { formulaValidator, indicatorValidator } from '../validators.js'

/** The indicator library: type, source, formula over time. */
export default class IndicatorsController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('performance.view')
    return view.render('pages/performance/indicators/index', {
      indicators: await indicatorList(),
      mayEdit: actor!.may('performance.prepare'),
    })
  }

  create({ actor, view }: HttpContext) {
    actor!.authorize('performance.prepare')
    return view.render('pages/performance/indicators/create', {
      kinds: INDICATOR_KINDS,
      sources: INDICATOR_SOURCES,
      today: clock.today(),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('performance.prepare')
    const form = await request.validateUsing(indicatorValidator)
    const { valid_from: validFrom, document_id: document, formula = null, ...facts } = form
    const documentId = await requiredDocument(document)
    const id = await once(request.input('_key'), 'performance.indicator', actor!.userId, (trx) =>
      createIndicator({ ...facts, formula, validFrom, documentId }, actor!, trx)
    )
    session.flash('success', i18n.t('performance.done.indicator_saved'))
    return response.redirect().toRoute('performance.indicators.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    actor!.authorize('performance.view')
    const indicator = await indicatorById(idOf(params.id))
    return view.render('pages/performance/indicators/show', {
      indicator,
      versions: versionStates(await indicatorVersions(indicator.id), clock.today()),
      mayEdit: actor!.may('performance.prepare'),
      today: clock.today(),
      history: await historyOf('indicator', indicator.id),
    })
  }

  async formula({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('performance.prepare')
    const { id } = await indicatorById(idOf(params.id))
    const form = await request.validateUsing(formulaValidator)
    const { version, formula = null, valid_from: validFrom } = form
    const documentId = await requiredDocument(form.document_id)
    await changeFormula({ indicatorId: id, version, formula, validFrom, documentId }, actor!)
    session.flash('success', i18n.t('performance.done.indicator_saved'))
    return response.redirect().toRoute('performance.indicators.show', { id })
  }
}
