import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import type { Actor } from '#shared/actor'
import {
  approvePlan,
  cancelPlan,
  returnPlan,
  submitPlan,
  type PlanMove,
} from '../actions/approve_plan.js'
import {
  announceResult,
  chooseCandidates,
  closePlan,
  publishNotice,
  startHiring,
  startReview,
  startTests,
} from '../actions/move_plan.js'
import { recruitmentById } from '../queries/recruitments.js'
import { approveValidator, moveValidator } from '../validators.js'

type Move = (input: PlanMove, actor: Actor) => Promise<unknown>

/** Each step of a plan: the table says when, the grant says who. */
export default class PlanMovesController {
  submit = (ctx: HttpContext) => this.move(ctx, 'recruitment.prepare', submitPlan, 'submitted')
  return = (ctx: HttpContext) => this.move(ctx, 'recruitment.approve', returnPlan, 'returned')
  publish = (ctx: HttpContext) => this.move(ctx, 'recruitment.decide', publishNotice, 'published')
  review = (ctx: HttpContext) => this.move(ctx, 'recruitment.prepare', startReview, 'review')
  test = (ctx: HttpContext) => this.move(ctx, 'recruitment.decide', startTests, 'tests')
  choose = (ctx: HttpContext) => this.move(ctx, 'recruitment.decide', chooseCandidates, 'checks')
  announce = (ctx: HttpContext) => this.move(ctx, 'recruitment.decide', announceResult, 'publicity')
  engage = (ctx: HttpContext) => this.move(ctx, 'recruitment.decide', startHiring, 'hiring')
  close = (ctx: HttpContext) => this.move(ctx, 'recruitment.decide', closePlan, 'closed')
  cancel = (ctx: HttpContext) => this.move(ctx, 'recruitment.decide', cancelPlan, 'cancelled')

  /** 人社局 approves with its document. */
  async approve(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const plan = await recruitmentById(Number(params.id))
    const grant = actor!.authorize('recruitment.approve', { unitId: plan.unitId })
    const form = await request.validateUsing(approveValidator)
    const documentId = await requiredDocument(form.document_id)
    const input = { recruitmentId: plan.id, version: form.version, documentId, grant }
    await approvePlan(input, actor!)
    return this.done(ctx, 'approved')
  }

  private async move(ctx: HttpContext, capability: string, action: Move, done: string) {
    const { actor, params, request } = ctx
    const plan = await recruitmentById(Number(params.id))
    const grant = actor!.authorize(capability, { unitId: plan.unitId })
    const form = await request.validateUsing(moveValidator)
    await action({ recruitmentId: plan.id, ...form, grant }, actor!)
    return this.done(ctx, done)
  }

  private done({ params, response, session, i18n }: HttpContext, done: string) {
    session.flash('success', i18n.t(`recruitment.done.${done}`))
    return response.redirect().toRoute('recruitment.plans.show', { id: params.id })
  }
}
