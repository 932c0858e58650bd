import type { HttpContext } from '@adonisjs/core/http'
import { acceptEvidence, returnEvidence, withdrawEvidence } from '../actions/evidence.js'
import { evidenceById } from '../queries/evidence.js'
import { moveValidator } from '../validators.js'

/** Evidence that an item is finished: accepted or returned by somebody outside its lead unit. */
export default class EvidenceController {
  async accept(ctx: HttpContext) {
    return this.judge(ctx, acceptEvidence, 'evidence_accepted')
  }

  async return(ctx: HttpContext) {
    return this.judge(ctx, returnEvidence, 'evidence_returned')
  }

  async withdraw(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const evidence = await evidenceById(Number(params.id))
    actor!.authorize('programme.report', { unitId: evidence.leadUnitId })
    const { version } = await request.validateUsing(moveValidator)
    await withdrawEvidence({ evidenceId: evidence.id, version }, actor!)
    return this.back(ctx, evidence.itemId, 'evidence_withdrawn')
  }

  private async judge(ctx: HttpContext, act: typeof acceptEvidence, done: string) {
    const { actor, params, request } = ctx
    const evidence = await evidenceById(Number(params.id))
    const grant = actor!.authorize('programme.accept', { unitId: evidence.leadUnitId })
    const { version, comment } = await request.validateUsing(moveValidator)
    await act({ evidenceId: evidence.id, version, comment: comment ?? null, grant }, actor!)
    return this.back(ctx, evidence.itemId, done)
  }

  private back({ response, session, i18n }: HttpContext, id: number, done: string) {
    session.flash('success', i18n.t(`programme.done.${done}`))
    return response.redirect().toRoute('programme.items.show', { id })
  }
}
