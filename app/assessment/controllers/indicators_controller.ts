import type { HttpContext } from '@adonisjs/core/http'
import { authorizeEverywhere } from '#organization/scope'
import { once } from '#shared/once'
import { addIndicator, editIndicator, removeIndicator } from '../actions/indicators.js'
import { RULES } from '../domain/scoring.js'
import { figureIn } from '../presenters/typed.js'
import { sourceCodes, sourceLabel } from '../queries/measures.js'
import { indicatorById, sheetById } from '../queries/sheets.js'
import { indicatorEditValidator, indicatorValidator, versionValidator } from '../validators.js'

/** One indicator of a sheet: what is measured, from where, against which target, for how much. */
export default class IndicatorsController {
  async create({ actor, params, view, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    return view.render('pages/assessment/sheets/indicator', {
      sheet: await sheetById(Number(params.id)),
      indicator: null,
      ...choices(i18n.t.bind(i18n)),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const sheetId = Number(params.id)
    const input = { ...inputOf(await request.validateUsing(indicatorValidator)), sheetId }
    await once(request.input('_key'), 'assessment.indicator', actor!.userId, (trx) =>
      addIndicator(input, actor!, trx)
    )
    session.flash('success', i18n.t('assessment.done.indicator_saved'))
    return response.redirect().toRoute('assessment.sheets.show', { id: sheetId })
  }

  async edit({ actor, params, view, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const indicator = await indicatorById(Number(params.id))
    return view.render('pages/assessment/sheets/indicator', {
      sheet: await sheetById(indicator.sheetId),
      indicator,
      ...choices(i18n.t.bind(i18n)),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const { id, sheetId } = await indicatorById(Number(params.id))
    const form = await request.validateUsing(indicatorEditValidator)
    await editIndicator({ ...inputOf(form), indicatorId: id, version: form.version }, actor!)
    session.flash('success', i18n.t('assessment.done.indicator_saved'))
    return response.redirect().toRoute('assessment.sheets.show', { id: sheetId })
  }

  async remove({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const { id, sheetId } = await indicatorById(Number(params.id))
    const { version } = await request.validateUsing(versionValidator)
    await removeIndicator({ indicatorId: id, version }, actor!)
    session.flash('success', i18n.t('assessment.done.indicator_removed'))
    return response.redirect().toRoute('assessment.sheets.show', { id: sheetId })
  }
}

function choices(t: (key: string) => string) {
  return {
    sources: sourceCodes().map((value) => ({ value, label: t(sourceLabel(value)) })),
    rules: RULES.map((value) => ({ value, label: t(`assessment.rules.${value}`) })),
  }
}

type Form = Awaited<ReturnType<typeof indicatorValidator.validate>>

function inputOf(form: Form) {
  return {
    name: form.name,
    source: form.source,
    rule: form.rule,
    target: figureIn('target', form.target),
    measuredIn: form.measured_in,
    weight: figureIn('weight', form.weight),
    standard: form.standard ?? null,
  }
}
