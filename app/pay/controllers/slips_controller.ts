import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import type { Actor } from '#shared/actor'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { ForbiddenError } from '#shared/errors'
import {
  answerSlip,
  confirmSlip,
  moveSlipPayment,
  noteViews,
  objectToSlip,
  setAside,
} from '../actions/slips.js'
import { slipPdf } from '../documents/slip_pdf.js'
import { RELEASED } from '../domain/runs.js'
import { missingWords } from '../presenters/missing.js'
import { traceLines } from '../presenters/trace.js'
import { differencesOf } from '../queries/differences.js'
import { inputsOf, linesOf, viewsOf } from '../queries/slip_lines.js'
import { ownSlipPage, slipBefore } from '../queries/own_slips.js'
import { slipById, yearToDate, type SlipRow } from '../queries/slips.js'
import {
  answerValidator,
  asideValidator,
  passwordValidator,
  paymentValidator,
  versionValidator,
} from '../validators.js'

/** 工资条: for oneself, and for the pay office of the unit. */
export default class SlipsController {
  /** My own, newest first. */
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('pay.view_self', { personId: actor!.personId })
    const cursor = request.input('cursor') ?? null
    const page = actor!.personId === null ? null : await ownSlipPage(actor!.personId, cursor)
    return view.render('pages/pay/slips/index', { page })
  }

  async show({ actor, params, view, i18n }: HttpContext) {
    const { slip, own } = await this.open(actor!, Number(params.id))
    await noteViews([slip.id], 'page', actor!)
    const lines = await linesOf([slip.id])
    const target = { unitId: slip.unitId }
    const late = slip.objectionsUntil !== null && clock.today() > slip.objectionsUntil
    return view.render('pages/pay/slips/show', {
      slip,
      own,
      before: await slipBefore(slip),
      late,
      missing: missingWords(slip.missing, i18n),
      lines: await traceLines(lines, (await inputsOf([slip.id])).get(slip.id) ?? {}, i18n),
      year: RELEASED.includes(slip.runState) ? await yearToDate(slip) : null,
      differences: await differencesOf({ units: 'all', slipId: slip.id }),
      views: await viewsOf(slip.id),
      mayAnswer: !own && actor!.may('pay.answer', target) && slip.answerState === 'objected',
      mayCorrect: !own && actor!.may('pay.prepare', target) && RELEASED.includes(slip.runState),
      maySetAside:
        !actor!.isSelf(slip.personId) &&
        actor!.may('pay.prepare', target) &&
        slip.runState === 'computed' &&
        slip.state === 'missing',
      mayComplete: actor!.may('pay.prepare', target) && slip.state === 'missing',
      mayMovePayment: actor!.may('pay.release', target) && slip.runState === 'paid',
    })
  }

  /** One page; with a password when one is given. */
  async pdf(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const { slip } = await this.open(actor!, Number(params.id))
    const { password } =
      request.method() === 'POST'
        ? await request.validateUsing(passwordValidator)
        : { password: undefined }
    await noteViews([slip.id], 'pdf', actor!)
    const year = RELEASED.includes(slip.runState) ? await yearToDate(slip) : null
    const pdf = await renderPdf(slipPdf(slip, await linesOf([slip.id]), year, password))
    return sendFile(ctx, `工资条-${slip.payMonth}-${slip.personName}.pdf`, 'application/pdf', pdf)
  }

  async confirm({ actor, params, request, response, session, i18n }: HttpContext) {
    const slip = await this.mine(actor!, Number(params.id))
    const { version } = await request.validateUsing(versionValidator)
    await confirmSlip({ slipId: slip.id, version }, actor!)
    session.flash('success', i18n.t('pay.done.confirmed'))
    return response.redirect().toRoute('pay.slips.show', { id: slip.id })
  }

  async object({ actor, params, request, response, session, i18n }: HttpContext) {
    const slip = await this.mine(actor!, Number(params.id))
    const form = await request.validateUsing(answerValidator)
    await objectToSlip({ slipId: slip.id, ...form }, actor!)
    session.flash('success', i18n.t('pay.done.objected'))
    return response.redirect().toRoute('pay.slips.show', { id: slip.id })
  }

  async answer({ actor, params, request, response, session, i18n }: HttpContext) {
    const slip = await slipById(Number(params.id))
    actor!.authorize('pay.answer', { unitId: slip.unitId })
    const form = await request.validateUsing(answerValidator)
    await answerSlip({ slipId: slip.id, ...form }, actor!)
    session.flash('success', i18n.t('pay.done.answered'))
    return response.redirect().toRoute('pay.slips.show', { id: slip.id })
  }

  async setAside({ actor, params, request, response, session, i18n }: HttpContext) {
    const slip = await slipById(Number(params.id))
    actor!.authorize('pay.prepare', { unitId: slip.unitId })
    const form = await request.validateUsing(asideValidator)
    await setAside({ slipId: slip.id, ...form }, actor!)
    session.flash('success', i18n.t('pay.done.set_aside'))
    return response.redirect(`/pay/runs/${slip.runId}?state=missing`)
  }

  async returned(ctx: HttpContext) {
    return this.movePayment(ctx, 'return')
  }

  async repaid(ctx: HttpContext) {
    return this.movePayment(ctx, 'repay')
  }

  private async movePayment(
    { actor, params, request, response, session, i18n }: HttpContext,
    verb: 'return' | 'repay'
  ) {
    const slip = await slipById(Number(params.id))
    actor!.authorize('pay.release', { unitId: slip.unitId })
    const { note } = await request.validateUsing(paymentValidator)
    await moveSlipPayment({ slipId: slip.id, verb, note }, actor!)
    session.flash('success', i18n.t('pay.done.payment'))
    return response.redirect().toRoute('pay.slips.show', { id: slip.id })
  }

  /** The own slip when it is released, or that of a unit whose pay the actor does. */
  private async open(actor: Actor, slipId: number): Promise<{ slip: SlipRow; own: boolean }> {
    const slip = await slipById(slipId)
    const released = RELEASED.includes(slip.runState) && slip.state === 'computed'
    const own =
      actor.isSelf(slip.personId) &&
      released &&
      actor.may('pay.view_self', { personId: slip.personId })
    if (!own) actor.authorize('pay.view', { unitId: slip.unitId })
    return { slip, own }
  }

  private async mine(actor: Actor, slipId: number): Promise<SlipRow> {
    const slip = await slipById(slipId)
    if (!actor.isSelf(slip.personId)) throw new ForbiddenError('pay.view_self')
    actor.authorize('pay.view_self', { personId: slip.personId })
    return slip
  }
}
