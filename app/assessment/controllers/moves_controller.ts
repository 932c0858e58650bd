import type { HttpContext } from '@adonisjs/core/http'
import { authorizeEverywhere } from '#organization/scope'
import { once } from '#shared/once'
import {
  confirmAssessment,
  publishAssessment,
  returnAssessment,
  submitAssessment,
  withdrawAssessment,
  writeSummary,
} from '../actions/move_assessment.js'
import { reviseAssessment } from '../actions/open_assessment.js'
import { readValues } from '../actions/read_values.js'
import {
  commentValidator,
  reasonValidator,
  summaryValidator,
  versionValidator,
} from '../validators.js'

/** The way of an assessment: read, sum up, submit, confirm or return, publish, revise. */
export default class MovesController {
  async read(ctx: HttpContext) {
    authorizeEverywhere(ctx.actor!, 'assessment.prepare')
    const form = await ctx.request.validateUsing(versionValidator)
    await readValues({ assessmentId: idOf(ctx), ...form }, ctx.actor!)
    return done(ctx, 'read')
  }

  async summarise(ctx: HttpContext) {
    authorizeEverywhere(ctx.actor!, 'assessment.prepare')
    const form = await ctx.request.validateUsing(summaryValidator)
    await writeSummary({ assessmentId: idOf(ctx), ...form }, ctx.actor!)
    return done(ctx, 'summarised')
  }

  async submit(ctx: HttpContext) {
    const grant = authorizeEverywhere(ctx.actor!, 'assessment.prepare')
    const form = await ctx.request.validateUsing(versionValidator)
    await submitAssessment({ assessmentId: idOf(ctx), ...form, grant }, ctx.actor!)
    return done(ctx, 'submitted')
  }

  async confirm(ctx: HttpContext) {
    const grant = authorizeEverywhere(ctx.actor!, 'assessment.confirm')
    const form = await ctx.request.validateUsing(versionValidator)
    await confirmAssessment({ assessmentId: idOf(ctx), ...form, grant }, ctx.actor!)
    return done(ctx, 'confirmed')
  }

  async return(ctx: HttpContext) {
    const grant = authorizeEverywhere(ctx.actor!, 'assessment.confirm')
    const form = await ctx.request.validateUsing(commentValidator)
    await returnAssessment({ assessmentId: idOf(ctx), ...form, grant }, ctx.actor!)
    return done(ctx, 'returned')
  }

  async publish(ctx: HttpContext) {
    const grant = authorizeEverywhere(ctx.actor!, 'assessment.prepare')
    const form = await ctx.request.validateUsing(versionValidator)
    await publishAssessment({ assessmentId: idOf(ctx), ...form, grant }, ctx.actor!)
    return done(ctx, 'published')
  }

  async withdraw(ctx: HttpContext) {
    authorizeEverywhere(ctx.actor!, 'assessment.prepare')
    const form = await ctx.request.validateUsing(versionValidator)
    await withdrawAssessment({ assessmentId: idOf(ctx), ...form }, ctx.actor!)
    return done(ctx, 'withdrawn')
  }

  async revise(ctx: HttpContext) {
    const { actor, request } = ctx
    authorizeEverywhere(actor!, 'assessment.prepare')
    const { comment: reason } = await request.validateUsing(reasonValidator)
    const key = request.input('_key')
    const id = await once(key, 'assessment.revision', actor!.userId, (trx) =>
      reviseAssessment({ assessmentId: idOf(ctx), reason }, actor!, trx)
    )
    return done(ctx, 'revised', id)
  }
}

const idOf = ({ params }: HttpContext) => Number(params.id)

function done(ctx: HttpContext, what: string, id = idOf(ctx)) {
  ctx.session.flash('success', ctx.i18n.t(`assessment.done.${what}`))
  return ctx.response.redirect().toRoute('assessment.assessments.show', { id })
}
