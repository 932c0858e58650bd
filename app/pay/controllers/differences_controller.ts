import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { documentIdFrom } from '#decisions/queries/documents'
import { homeAssignmentOf } from '#people/queries/assignments'
import { personById } from '#people/queries/person'
import { clock } from '#shared/clock'
import { DomainError, NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { approveDifference, prepareDifference, returnDifference } from '../actions/differences.js'
import { SETTLEMENT_WAYS } from '../domain/differences.js'
import { PAY_CLASSES } from '../domain/runs.js'
import { fenOf, fenOrNull } from '../forms.js'
import { differenceById, differencePage } from '../queries/differences.js'
import { correctableNames } from '../queries/item_treatment.js'
import { openRecoveries } from '../queries/open_recoveries.js'
import { settlementsOf } from '../queries/settlements.js'
import { linesOf } from '../queries/slip_lines.js'
import { lastWages } from '../queries/own_slips.js'
import { slipById } from '../queries/slips.js'
import { differenceValidator } from '../validators.js'
import { decidePaper, type Decide } from './decide_paper.js'

const DIFFERENCE_FILTERS = ['submitted', 'approved', 'returned', 'open'] as const

/** 补发和扣回: what was paid is corrected by a line of a later run. */
export default class DifferencesController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('pay.view')
    const state = oneOf(request.input('state'), DIFFERENCE_FILTERS)
    const units = actor!.unitsFor('pay.view')
    const filter = state === 'open' ? { openRecoveries: true } : { state }
    const page = await differencePage({ units, ...filter }, request.input('cursor') ?? null)
    return view.render('pages/pay/differences/index', {
      page,
      state,
      filters: DIFFERENCE_FILTERS,
      open: await openRecoveries(page.rows, clock.today()),
      mayPrepare: actor!.may('pay.prepare'),
    })
  }

  async create({ actor, request, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    const slipId = Number(request.input('slip')) || null
    const slip = slipId ? await slipById(slipId) : null
    if (slip) actor!.authorize('pay.prepare', { unitId: slip.unitId })
    const lines = slip ? await linesOf([slip.id]) : []
    return view.render('pages/pay/differences/create', {
      slip,
      items: slip
        ? lines.filter(({ side }) => side === 'earning').map(({ name }) => name)
        : await correctableNames(),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const form = await request.validateUsing(differenceValidator)
    const slip = form.slip_id ? await slipById(form.slip_id) : null
    const place = slip ?? (await this.placeOf(form.person_id))
    if (slip && slip.personId !== form.person_id) throw new NotFoundError('payslip')
    actor!.authorize('pay.prepare', { unitId: place.unitId })
    const input = {
      personId: form.person_id,
      unitId: place.unitId,
      slipId: slip?.id ?? null,
      employmentType: place.employmentType,
      itemName: form.item_name,
      fact: form.fact,
      amountFen: fenOf(form.amount, 'amount'),
      instalmentFen: fenOrNull(form.instalment, 'instalment'),
      documentId: await documentIdFrom(form.document_id),
    }
    const id = await once(request.input('_key'), 'pay.difference', actor!.userId, (trx) =>
      prepareDifference(input, actor!, trx)
    )
    session.flash('success', i18n.t('pay.done.submitted'))
    return response.redirect().toRoute('pay.differences.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const difference = await differenceById(Number(params.id))
    const target = { unitId: difference.unitId }
    actor!.authorize('pay.view', target)
    const open = await openRecoveries([difference], clock.today())
    const own = actor!.isSelf(difference.personId)
    const decides = actor!.may('pay.approve', target) && !own
    return view.render('pages/pay/differences/show', {
      difference,
      decides,
      ways: SETTLEMENT_WAYS,
      open: open.get(difference.id) ?? null,
      wages: await lastWages(difference.personId, difference.unitId),
      mayApprove: decides && difference.preparedBy !== actor!.userId,
      settlements: await settlementsOf(difference.id),
      maySettle: open.has(difference.id) && actor!.may('pay.prepare', target) && !own,
      history: await historyOf('pay_difference', difference.id),
    })
  }

  async approve(ctx: HttpContext) {
    return this.decide(ctx, approveDifference, 'approved')
  }

  async return(ctx: HttpContext) {
    return this.decide(ctx, returnDifference, 'returned')
  }

  private async decide(ctx: HttpContext, action: Decide, done: string) {
    const difference = await differenceById(Number(ctx.params.id))
    return decidePaper(ctx, { ...difference, differenceId: difference.id }, action, done)
  }

  private async placeOf(personId: number) {
    const person = await personById(personId)
    const home = await homeAssignmentOf(personId, clock.today())
    const employmentType = PAY_CLASSES.find((one) => one === home?.employmentType)
    if (!person || !home || !employmentType) throw new DomainError('pay.errors.no_place')
    return { unitId: home.unitId, employmentType }
  }
}
