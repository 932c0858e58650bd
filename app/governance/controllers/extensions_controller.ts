import type { HttpContext } from '@adonisjs/core/http'
import { approveExtension, refuseExtension } from '../actions/extensions.js'
import { extensionById } from '../queries/extensions.js'
import { commentValidator, remarkValidator } from '../validators.js'

/** Requests for more time, decided by leadership. */
export default class ExtensionsController {
  async approve(ctx: HttpContext) {
    const { extension, grant } = await this.open(ctx)
    const form = await ctx.request.validateUsing(remarkValidator)
    await approveExtension({ extensionId: extension.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, extension.taskId, 'approved')
  }

  async refuse(ctx: HttpContext) {
    const { extension, grant } = await this.open(ctx)
    const form = await ctx.request.validateUsing(commentValidator)
    await refuseExtension({ extensionId: extension.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, extension.taskId, 'refused')
  }

  private async open({ actor, params }: HttpContext) {
    const extension = await extensionById(Number(params.id))
    const grant = actor!.authorize('governance.decide', { unitId: extension.unitId })
    return { extension, grant }
  }

  private done({ response, session, i18n }: HttpContext, taskId: number, what: string) {
    session.flash('success', i18n.t(`governance.done.extension_${what}`))
    return response.redirect().toRoute('governance.tasks.show', { id: taskId })
  }
}
