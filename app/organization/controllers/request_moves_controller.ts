import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import {
  approveRequest,
  giveUpRequest,
  returnRequest,
  submitRequest,
  withdrawRequest,
} from '../actions/quota_requests/move_request.js'
import { requestById } from '../queries/quota_requests.js'
import { approvalValidator, commentValidator, versionValidator } from '../validators/quota.js'

/** The moves of a 用编申请; each is a resource of its own in the routes. */
export default class RequestMovesController {
  async submit(ctx: HttpContext) {
    const { requestId } = await this.authorize(ctx, 'quota.request')
    const { version } = await ctx.request.validateUsing(versionValidator)
    const warnings = await submitRequest({ requestId, version }, ctx.actor!)
    for (const { takenFrom, missing } of warnings) {
      const category = ctx.i18n.t(`shared.category.${takenFrom}`)
      ctx.session.flash(
        'warning',
        ctx.i18n.t('organization.done.request_reclassified', { category, count: missing })
      )
    }
    return this.done(ctx, 'submitted')
  }

  async approve(ctx: HttpContext) {
    const { requestId, grant } = await this.authorize(ctx, 'quota.approve')
    const form = await ctx.request.validateUsing(approvalValidator)
    const documentId = await requiredDocument(form.document_id)
    await approveRequest({ requestId, version: form.version, documentId, grant }, ctx.actor!)
    return this.done(ctx, 'approved')
  }

  async return(ctx: HttpContext) {
    const { requestId, grant } = await this.authorize(ctx, 'quota.approve')
    const form = await ctx.request.validateUsing(commentValidator)
    await returnRequest({ requestId, ...form, grant }, ctx.actor!)
    return this.done(ctx, 'returned')
  }

  async withdraw(ctx: HttpContext) {
    const { requestId } = await this.authorize(ctx, 'quota.request')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await withdrawRequest({ requestId, version }, ctx.actor!)
    return this.done(ctx, 'withdrawn')
  }

  async release(ctx: HttpContext) {
    const { requestId } = await this.authorize(ctx, 'quota.request')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await giveUpRequest({ requestId, version }, ctx.actor!)
    return this.done(ctx, 'released')
  }

  private async authorize({ actor, params }: HttpContext, capability: string) {
    const { id, unitId } = await requestById(Number(params.id))
    return { requestId: id, grant: actor!.authorize(capability, { unitId }) }
  }

  private done({ params, response, session, i18n }: HttpContext, what: string) {
    session.flash('success', i18n.t(`organization.done.request_${what}`))
    return response.redirect().toRoute('organization.quota_requests.show', { id: params.id })
  }
}
