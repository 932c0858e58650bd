import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { unitById } from '#organization/queries/units'
import { once } from '#shared/once'
import { recordMethod } from '../actions/record_method.js'
import { withdrawMethod } from '../actions/withdraw_method.js'
import { methodById, methodsOf } from '../queries/methods.js'
import { methodValidator, withdrawalValidator } from '../validators.js'

/** 绩效工资分配办法 of a unit: what each went through before anything was paid by it. */
export default class MethodsController {
  async show({ actor, params, view }: HttpContext) {
    const unit = await unitById(Number(params.id))
    const target = { unitId: unit.id }
    actor!.authorize('pay.view', target)
    return view.render('pages/pay/methods', {
      unit,
      methods: await methodsOf(unit.id),
      mayWithdraw: actor!.may('pay.approve', target),
      mayPrepare: actor!.may('pay.prepare', target),
      history: await historyOf('pay_methods', unit.id),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('pay.prepare', { unitId: unit.id })
    const { valid_from, document_id, supervision_document_no, ...days } =
      await request.validateUsing(methodValidator)
    const input = {
      unitId: unit.id,
      validFrom: valid_from,
      days,
      documentId: await requiredDocument(document_id),
      supervisionDocumentNo: supervision_document_no,
    }
    await once(request.input('_key'), 'pay.method', actor!.userId, (trx) =>
      recordMethod(input, actor!, trx)
    )
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.methods.show', { id: unit.id })
  }

  async withdraw({ actor, params, request, response, session, i18n }: HttpContext) {
    const { id, unitId } = await methodById(Number(params.id))
    const grant = actor!.authorize('pay.approve', { unitId })
    const { reason } = await request.validateUsing(withdrawalValidator)
    await withdrawMethod({ id, reason, grant }, actor!)
    session.flash('success', i18n.t('pay.done.method_withdrawn'))
    return response.redirect().toRoute('pay.methods.show', { id: unitId })
  }
}
