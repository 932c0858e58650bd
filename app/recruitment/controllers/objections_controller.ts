import type { HttpContext } from '@adonisjs/core/http'
import { NotFoundError } from '#shared/errors'
import { answerObjection, recordObjection } from '../actions/objections.js'
import { applicationById } from '../queries/applications.js'
import { objectionById } from '../queries/objections.js'
import { recruitmentById } from '../queries/recruitments.js'
import { dropValidator, objectionValidator } from '../validators.js'

/** What comes in during the publicity, and its answers. */
export default class ObjectionsController {
  async store(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const plan = await recruitmentById(Number(params.id))
    actor!.authorize('recruitment.review', { unitId: plan.unitId })
    const form = await request.validateUsing(objectionValidator)
    const applicationId = form.application_id ?? null
    if (applicationId !== null) {
      const { recruitmentId } = await applicationById(applicationId)
      if (recruitmentId !== plan.id) throw new NotFoundError('application')
    }
    await recordObjection({ recruitmentId: plan.id, applicationId, content: form.content }, actor!)
    return this.done(ctx, plan.id)
  }

  async accept(ctx: HttpContext) {
    return this.answer(ctx, 'accept')
  }

  async reject(ctx: HttpContext) {
    return this.answer(ctx, 'reject')
  }

  private async answer(ctx: HttpContext, verdict: 'accept' | 'reject') {
    const { actor, params, request } = ctx
    const objection = await objectionById(Number(params.id))
    const plan = await recruitmentById(objection.recruitmentId)
    actor!.authorize('recruitment.decide', { unitId: plan.unitId })
    const { version, comment } = await request.validateUsing(dropValidator)
    await answerObjection({ objectionId: objection.id, version, verdict, answer: comment }, actor!)
    return this.done(ctx, plan.id)
  }

  private done({ response, session, i18n }: HttpContext, planId: number) {
    session.flash('success', i18n.t('recruitment.done.objection'))
    return response.redirect(`/recruitment/plans/${planId}?tab=publicity`)
  }
}
