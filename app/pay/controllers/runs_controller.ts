import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { cyclesForPay } from '#performance/queries/results_for_pay'
import { clock } from '#shared/clock'
import { shiftMonth } from '#shared/dates'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { requestCompute } from '../actions/compute_run.js'
import { configureRun, createRun } from '../actions/create_run.js'
import {
  approveRun,
  cancelRun,
  checkRun,
  payRun,
  returnRun,
  type RunMove,
} from '../actions/move_run.js'
import { releaseRun } from '../actions/release_run.js'
import { setLeaderAmount } from '../actions/slips.js'
import { DEFAULT_DISTRIBUTION } from '../domain/distribution.js'
import {
  isEndedRun,
  isSettledRun,
  PAY_CLASSES,
  RELEASED,
  RUN_KINDS,
  RUN_STATES,
} from '../domain/runs.js'
import { fenOf, fenOrNull, monthOrNull } from '../forms.js'
import { runMoves, runSteps } from '../presenters/run_moves.js'
import { RUN_TABS, tabOf } from '../presenters/run_tabs.js'
import { methodLack } from '../queries/methods.js'
import { runsTouchedBy } from '../queries/run_hands.js'
import { computeJob, countMissing } from '../queries/run_progress.js'
import { runById, runPage } from '../queries/runs.js'
import { allotmentsOf } from '../queries/allotments.js'
import {
  commentValidator,
  distributionValidator,
  leaderValidator,
  optionalCommentValidator,
  runValidator,
  versionValidator,
} from '../validators.js'

/** 发放批次: from draft to paid. */
export default class RunsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('pay.view')
    const filters = {
      kind: oneOf(request.input('kind'), RUN_KINDS),
      state: oneOf(request.input('state'), RUN_STATES),
      employmentType: oneOf(request.input('class'), PAY_CLASSES),
      month: monthOrNull(request.input('month')),
    }
    const units = actor!.unitsFor('pay.view')
    return view.render('pages/pay/runs/index', {
      filters,
      kinds: RUN_KINDS,
      states: RUN_STATES,
      classes: PAY_CLASSES,
      page: await runPage({ ...filters, units, cursor: request.input('cursor') ?? null }),
      mayPrepare: actor!.may('pay.prepare'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    const units = actor!.unitsFor('pay.prepare')
    const month = clock.today().slice(0, 7)
    return view.render('pages/pay/runs/create', {
      units: await unitOptions(units),
      kinds: RUN_KINDS,
      classes: PAY_CLASSES,
      allotments: await allotmentsOf({ units, state: 'released' }),
      cycles: await cyclesForPay(units),
      month,
      previous: shiftMonth(month, -1),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const form = await request.validateUsing(runValidator)
    actor!.authorize('pay.prepare', { unitId: form.unit_id })
    const input = {
      kind: form.kind,
      unitId: form.unit_id,
      employmentType: form.employment_type,
      monthFrom: form.month_from,
      monthTo: form.month_to,
      payMonth: form.pay_month,
      title: form.title,
      allotmentId: form.allotment_id ?? null,
      cycleId: form.cycle_id ?? null,
    }
    const id = await once(request.input('_key'), 'pay.run', actor!.userId, (trx) =>
      createRun(input, actor!, trx)
    )
    session.flash('success', i18n.t('pay.done.run_created'))
    return response.redirect().toRoute('pay.runs.show', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    const run = await runById(Number(params.id))
    const target = { unitId: run.unitId }
    actor!.authorize('pay.view', target)
    const tab = oneOf(request.input('tab'), RUN_TABS) ?? 'people'
    const job = await computeJob(run)
    const busy = job !== null && ['queued', 'running'].includes(job.state)
    const missing = await countMissing(run)
    const touched = (await runsTouchedBy([actor!.userId], [run.id])).size > 0
    const mayPrepare = actor!.may('pay.prepare', target)
    const editable = mayPrepare && ['draft', 'computed', 'returned'].includes(run.state)
    const method = isEndedRun(run) ? null : await methodLack(run, clock.today())
    return view.render('pages/pay/runs/show', {
      run,
      job,
      busy,
      missing,
      method,
      tab,
      tabs: RUN_TABS,
      editable,
      mayPrepare,
      moves: runMoves(actor!, run, { missing, busy, touched, method }, i18n),
      steps: runSteps(run, i18n),
      settings: run.settings.distribution ?? DEFAULT_DISTRIBUTION,
      mayExport: actor!.may('pay.export', target),
      mayFileTax: actor!.may('pay.file_tax', target) && RELEASED.includes(run.state),
      mayChange: isSettledRun(run) && mayPrepare,
      mayReturnPayment: actor!.may('pay.release', target),
      ...(await tabOf(run, tab, request)),
      history: await historyOf('pay_run', run.id),
    })
  }

  async configure({ actor, params, request, response, session, i18n }: HttpContext) {
    const run = await this.prepare(actor!, Number(params.id))
    const form = await request.validateUsing(distributionValidator)
    await configureRun(
      {
        runId: run.id,
        version: form.version,
        distribution: {
          scoreFormula: form.score_formula,
          weightFormula: form.weight_formula,
          frontLineTilt: form.front_line_tilt,
          floorFen: fenOrNull(form.floor, 'floor') ?? 0,
          capFen: fenOrNull(form.cap, 'cap'),
        },
        poolFen: fenOrNull(form.pool, 'pool'),
      },
      actor!
    )
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.runs.show', { id: run.id })
  }

  async leader({ actor, params, request, response, session, i18n }: HttpContext) {
    const run = await this.prepare(actor!, Number(params.id))
    const form = await request.validateUsing(leaderValidator)
    const input = {
      runId: run.id,
      personId: form.person_id,
      amountFen: fenOf(form.amount, 'amount'),
      documentId: await requiredDocument(form.document_id),
    }
    await setLeaderAmount(input, actor!)
    session.flash('success', i18n.t('pay.done.leader_saved'))
    return response.redirect(`/pay/runs/${run.id}?tab=reconciliation`)
  }

  async compute({ actor, params, request, response, session, i18n }: HttpContext) {
    const run = await this.prepare(actor!, Number(params.id))
    const { version } = await request.validateUsing(versionValidator)
    await requestCompute({ runId: run.id, version }, actor!)
    session.flash('success', i18n.t('pay.done.computing'))
    return response.redirect().toRoute('pay.runs.show', { id: run.id })
  }

  async check(ctx: HttpContext) {
    return this.move(ctx, 'pay.prepare', checkRun, 'checked')
  }

  async approve(ctx: HttpContext) {
    return this.move(ctx, 'pay.approve', approveRun, 'approved')
  }

  async release(ctx: HttpContext) {
    return this.move(ctx, 'pay.release', releaseRun, 'released')
  }

  async pay(ctx: HttpContext) {
    return this.move(ctx, 'pay.release', payRun, 'paid')
  }

  async return(ctx: HttpContext) {
    const run = await runById(Number(ctx.params.id))
    const mayApprove = ctx.actor!.may('pay.approve', { unitId: run.unitId })
    await ctx.request.validateUsing(commentValidator).catch((error) => {
      ctx.actor!.authorize(mayApprove ? 'pay.approve' : 'pay.release', { unitId: run.unitId })
      throw error
    })
    return this.move(ctx, mayApprove ? 'pay.approve' : 'pay.release', returnRun, 'returned')
  }

  async cancel(ctx: HttpContext) {
    return this.move(ctx, 'pay.prepare', cancelRun, 'cancelled')
  }

  private async move(
    { actor, params, request, response, session, i18n }: HttpContext,
    capability: string,
    action: (input: RunMove, actor: NonNullable<HttpContext['actor']>) => Promise<void>,
    done: string
  ) {
    const run = await runById(Number(params.id))
    const grant = actor!.authorize(capability, { unitId: run.unitId })
    const form = await request.validateUsing(optionalCommentValidator)
    await action({ runId: run.id, ...form, grant }, actor!)
    session.flash('success', i18n.t(`pay.done.${done}`))
    return response.redirect().toRoute('pay.runs.show', { id: run.id })
  }

  private async prepare(actor: NonNullable<HttpContext['actor']>, runId: number) {
    const run = await runById(runId)
    actor.authorize('pay.prepare', { unitId: run.unitId })
    return run
  }
}
