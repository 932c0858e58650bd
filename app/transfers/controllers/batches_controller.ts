import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { once } from '#shared/once'
import { reformUnits } from '#organization/queries/units'
import { createBatch } from '../actions/create_batch.js'
import { editBatch } from '../actions/edit_batch.js'
import { paidMonths } from '../domain/paid_months.js'
import { EDITABLE, STATES } from '../domain/states.js'
import { approvalSteps } from '../domain/steps.js'
import { authorizePrepare, mayPrepare, openBatch } from '../policies/access.js'
import { approvalLine } from '../presenters/approval_line.js'
import { movesOf } from '../presenters/moves.js'
import { tabOf } from '../presenters/tabs.js'
import { batchById } from '../queries/batches.js'
import { batchPage } from '../queries/batch_list.js'
import { executionJobOf } from '../queries/execution_job.js'
import { lineTotals } from '../queries/line_totals.js'
import { settingOn, STEPS_SETTING } from '../queries/settings.js'
import { signaturesOf } from '../queries/signatures.js'
import { batchEditValidator, batchValidator } from '../validators/batches.js'

/** Batches: list, heading, and the page on which everything about one is done. */
export default class BatchesController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('transfers.view')
    const { state, unit, q, cursor } = request.qs()
    const filter = {
      state: STATES.find((known) => known === state) ?? null,
      unitId: Number(unit) || null,
      text: typeof q === 'string' && q !== '' ? q : null,
    }
    const page = await batchPage(actor!, { ...filter, cursor: cursor ?? null })
    return view.render('pages/transfers/index', {
      page,
      filter,
      states: STATES,
      units: await reformUnits(),
    })
  }

  create({ actor, view }: HttpContext) {
    actor!.authorize('transfers.prepare')
    return view.render('pages/transfers/form', { batch: null })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('transfers.prepare')
    const form = await request.validateUsing(batchValidator)
    const id = await once(request.input('_key'), 'transfers.create', actor!.userId, (trx) =>
      createBatch(headingOf(form), actor!, trx)
    )
    session.flash('success', i18n.t('transfers.done.created'))
    return response.redirect().toRoute('transfers.lines.create', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    const { batch, scope } = opened
    const totals = await lineTotals(batch.id, scope)
    const signatures = await signaturesOf(batch.id)
    const steps = approvalSteps(await settingOn(STEPS_SETTING, clock.today()))
    const editable = EDITABLE.includes(batch.state) && mayPrepare(actor!, opened)
    const tab = await tabOf({ ...opened, totals, editable }, request.qs(), actor!, i18n)
    return view.render('pages/transfers/show', {
      batch,
      totals,
      paid: paidMonths(batch.effectiveOn),
      editable,
      ...tab,
      steps: approvalLine(batch, signatures, steps, i18n),
      moves: await movesOf(actor!, { ...opened, totals, signatures }, i18n),
      mayReverse: batch.state === 'executed' && mayPrepare(actor!, opened),
      job: await executionJobOf(batch),
      origin: {
        reverses: batch.reversesId ? await batchById(batch.reversesId) : null,
        splitFrom: batch.splitFromId ? await batchById(batch.splitFromId) : null,
      },
      history: await historyOf('transfer_batch', batch.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    return view.render('pages/transfers/form', { batch: opened.batch })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const form = await request.validateUsing(batchEditValidator)
    const { id } = opened.batch
    await once(request.input('_key'), 'transfers.edit', actor!.userId, (trx) =>
      editBatch({ ...headingOf(form), batchId: id, version: form.version }, actor!, trx)
    )
    session.flash('success', i18n.t('transfers.done.edited'))
    return response.redirect().toRoute('transfers.batches.show', { id })
  }
}

/** The heading as an action takes it. */
export function headingOf(form: {
  title: string
  document_no?: string
  effective_on: string
  reason?: string
}) {
  return {
    title: form.title,
    documentNo: form.document_no ?? null,
    effectiveOn: form.effective_on,
    reason: form.reason ?? null,
  }
}
