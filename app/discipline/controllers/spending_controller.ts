import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { record } from '#audit/actions/record'
import { documentIdFrom } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { sendRegister } from '#shared/downloads'
import { isCivilDate } from '#shared/dates'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { correctSpending, registerSpending } from '../actions/spending.js'
import { spendingRegister } from '../documents/registers.js'
import { SPENDING_BASES, SPENDING_CATEGORIES } from '../domain/spending.js'
import { fenFrom, idFrom } from '../form_values.js'
import { limitList, spendingById, spendingList, spendingPage } from '../queries/spending.js'
import { spendingTotal } from '../queries/spending.js'
import { freezeStatus } from '../queries/status.js'
import { correctionValidator, spendingValidator } from '../validators.js'
import { unitChoices } from './records_controller.js'

/** 开支登记: what the units spend, and why each payment was allowed. */
export default class SpendingController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('spending.view')
    const units = actor!.unitsFor('spending.view')
    const filters = filtersOf(request)
    const page = await spendingPage({ ...filters, units, cursor: request.input('cursor') ?? null })
    return view.render('pages/discipline/spending/index', {
      filters,
      units: await unitChoices(units),
      page,
      payments: page.rows,
      total: await spendingTotal({ ...filters, units }),
      categories: SPENDING_CATEGORIES,
      bases: SPENDING_BASES,
      mayKeep: actor!.may('spending.keep'),
      mayInspect: actor!.may('discipline.inspect'),
    })
  }

  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('spending.view')
    const rows = await spendingList({
      ...filtersOf(request),
      units: actor!.unitsFor('spending.view'),
    })
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'discipline.spending.exported',
        subjectType: 'spending',
        subjectId: null,
        changes: { rows: rows.length },
        grant,
      })
    )
    const name = `${i18n.t('discipline.pages.spending')}-${clock.today()}.xlsx`
    return sendRegister(ctx, name, spendingRegister(rows, i18n))
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('spending.keep')
    return view.render('pages/discipline/spending/create', {
      units: await unitOptions(actor!.unitsFor('spending.keep')),
      categories: SPENDING_CATEGORIES,
      limits: await limitList(),
      status: await freezeStatus(),
      today: clock.today(),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('spending.keep')
    const form = await request.validateUsing(spendingValidator)
    actor!.authorize('spending.keep', { unitId: form.unit_id })
    const input = {
      unitId: form.unit_id,
      category: form.category,
      payee: form.payee,
      amountFen: fenFrom(form.amount, 'amount'),
      purpose: form.purpose,
      voucherNo: form.voucher_no,
      spentOn: form.spent_on,
      documentId: await documentIdFrom(form.document_id),
    }
    const id = await once(request.input('_key'), 'discipline.spending', actor!.userId, (trx) =>
      registerSpending(input, actor!, trx)
    )
    session.flash('success', i18n.t('discipline.done.spending_registered'))
    return response.redirect().toRoute('discipline.spending.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const spending = await spendingById(Number(params.id))
    const target = { unitId: spending.unitId }
    actor!.authorize('spending.view', target)
    const other = spending.correctsId ?? spending.correctedById
    return view.render('pages/discipline/spending/show', {
      spending,
      other: other ? await spendingById(other) : null,
      mayCorrect: other === null && actor!.may('spending.keep', target),
      history: await historyOf('spending', spending.id),
    })
  }

  async correct({ actor, params, request, response, session, i18n }: HttpContext) {
    const { id: spendingId, unitId } = await spendingById(Number(params.id))
    actor!.authorize('spending.keep', { unitId })
    const { version, comment } = await request.validateUsing(correctionValidator)
    await correctSpending({ spendingId, version, reason: comment }, actor!)
    session.flash('success', i18n.t('discipline.done.spending_corrected'))
    return response.redirect().toRoute('discipline.spending.show', { id: spendingId })
  }
}

function filtersOf(request: HttpContext['request']) {
  const date = (name: string) => {
    const value = request.input(name)
    return isCivilDate(value) ? value : null
  }
  return {
    unitId: idFrom(request.input('unit')),
    category: oneOf(request.input('category'), SPENDING_CATEGORIES),
    basis: oneOf(request.input('basis'), SPENDING_BASES),
    payee: String(request.input('payee') ?? '').slice(0, 200) || null,
    from: date('from'),
    to: date('to'),
  }
}
