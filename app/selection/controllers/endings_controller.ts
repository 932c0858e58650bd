import type { HttpContext } from '@adonisjs/core/http'
import { documentIdFrom } from '#decisions/queries/documents'
import { openRound } from '../access.js'
import { decideEnding, proposeEnding } from '../actions/endings.js'
import { serveNotice } from '../actions/serve_notice.js'
import { arrangementById, endingById } from '../queries/arrangements.js'
import { endingDecisionValidator, endingValidator, noticeValidator } from '../validators.js'

/** Endings of contracts: proposed by the owner of the case, approved by another, served. */
export default class EndingsController {
  async store(ctx: HttpContext) {
    const row = await arrangementById(Number(ctx.params.id))
    await openRound(ctx.actor!, row.roundId, 'selection.arrange')
    const form = await ctx.request.validateUsing(endingValidator)
    await proposeEnding(
      {
        arrangementId: row.id,
        endsOn: form.ends_on,
        payForNotice: form.pay_for_notice ?? false,
        protections: form.protections ?? [],
        reason: form.reason,
      },
      ctx.actor!
    )
    return done(ctx, row.id, 'ending_proposed')
  }

  approve(ctx: HttpContext) {
    return this.decide(ctx, 'approve')
  }

  refuse(ctx: HttpContext) {
    return this.decide(ctx, 'refuse')
  }

  async serve(ctx: HttpContext) {
    const ending = await endingById(Number(ctx.params.id))
    const row = await arrangementById(ending.arrangementId)
    await openRound(ctx.actor!, row.roundId, 'selection.arrange')
    const { version, served_on: servedOn } = await ctx.request.validateUsing(noticeValidator)
    await serveNotice({ id: ending.id, version, servedOn }, ctx.actor!)
    return done(ctx, row.id, 'notice_served')
  }

  private async decide(ctx: HttpContext, verb: 'approve' | 'refuse') {
    const ending = await endingById(Number(ctx.params.id))
    const row = await arrangementById(ending.arrangementId)
    const { grant } = await openRound(ctx.actor!, row.roundId, 'selection.approve')
    const form = await ctx.request.validateUsing(endingDecisionValidator)
    const { version } = form
    const documentId = await documentIdFrom(form.document_id)
    await decideEnding({ id: ending.id, version, verb, documentId, grant }, ctx.actor!)
    return done(ctx, row.id, `ending_${verb}`)
  }
}

function done({ response, session, i18n }: HttpContext, id: number, what: string) {
  session.flash('success', i18n.t(`selection.done.${what}`))
  return response.redirect().toRoute('selection.arrangements.show', { id })
}
