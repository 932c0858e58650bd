import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { once } from '#shared/once'
import { approveScale, dropScale, saveScale, tryScale } from '../actions/tax_scales.js'
import { MOST_STEPS, stepsFrom } from '../domain/tax_scale.js'
import { scaleById, taxRulesOn } from '../queries/tax_scales.js'
import { TRIAL_SAMPLE } from '../queries/trial_people.js'
import { scaleEditValidator, scaleValidator, versionValidator } from '../validators.js'

/** 个人所得税税率表: dated, checked when saved, tried on real people before it takes effect. */
export default class ScalesController {
  async create({ actor, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    const { table } = await taxRulesOn(clock.today())
    const validFrom = addMonths(`${clock.today().slice(0, 7)}-01`, 1)
    return view.render('pages/pay/scales/form', {
      scale: null,
      steps: table,
      validFrom,
      most: MOST_STEPS,
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const input = await inputOf(await request.validateUsing(scaleValidator))
    const id = await once(request.input('_key'), 'pay.scale', actor!.userId, (trx) =>
      saveScale(input, actor!, trx)
    )
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.scales.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    actor!.authorize('pay.view')
    const scale = await scaleById(Number(params.id))
    return view.render('pages/pay/scales/show', {
      sample: TRIAL_SAMPLE,
      scale,
      mayPrepare: actor!.may('pay.prepare'),
      mayApprove: actor!.may('pay.approve') && scale.preparedBy !== actor!.userId,
      history: await historyOf('pay_tax_scale', scale.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    const scale = await scaleById(Number(params.id))
    return view.render('pages/pay/scales/form', {
      scale,
      steps: scale.steps,
      validFrom: scale.validFrom,
      most: MOST_STEPS,
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const id = Number(params.id)
    const form = await request.validateUsing(scaleEditValidator)
    await saveScale({ ...(await inputOf(form)), id, version: form.version }, actor!)
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.scales.show', { id })
  }

  async try({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const { version } = await request.validateUsing(versionValidator)
    await tryScale({ id: Number(params.id), version }, actor!)
    session.flash('success', i18n.t('pay.done.tried'))
    return response.redirect().toRoute('pay.scales.show', { id: params.id })
  }

  async approve({ actor, params, request, response, session, i18n }: HttpContext) {
    const grant = actor!.authorize('pay.approve')
    const { version } = await request.validateUsing(versionValidator)
    await approveScale({ id: Number(params.id), version, grant }, actor!)
    session.flash('success', i18n.t('pay.done.approved'))
    return response.redirect().toRoute('pay.scales.show', { id: params.id })
  }

  async drop({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const { version } = await request.validateUsing(versionValidator)
    await dropScale({ id: Number(params.id), version }, actor!)
    session.flash('success', i18n.t('pay.done.dropped'))
    return response.redirect().toRoute('pay.rules.index')
  }
}

async function inputOf(form: Awaited<ReturnType<typeof scaleValidator.validate>>) {
  const typed = (list: (string | null)[]) => list.map((text) => text ?? '')
  return {
    validFrom: form.valid_from,
    steps: stepsFrom(typed(form.bounds), typed(form.percents)),
    documentId: await requiredDocument(form.document_id),
  }
}
