import type { HttpContext } from '@adonisjs/core/http'
import { ForbiddenError } from '#shared/errors'
import { once } from '#shared/once'
import { approveStep } from '../actions/approve_step.js'
import { checkBatch } from '../actions/check_batch.js'
import { executeBatch } from '../actions/execute_batch.js'
import { returnBatch } from '../actions/return_batch.js'
import { submitBatch } from '../actions/submit_batch.js'
import { withdrawBatch } from '../actions/withdraw_batch.js'
import { capabilityOf, STEPS } from '../domain/steps.js'
import {
  authorizePrepare,
  executionGrant,
  openBatch,
  signingGrant,
  signingTarget,
} from '../policies/access.js'
import { reasonValidator, signatureValidator, versionValidator } from '../validators/batches.js'

/** Every move of a batch through its states. */
export default class MovesController {
  async check(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const { version } = await request.validateUsing(versionValidator)
    const result = await once(request.input('_key'), 'transfers.check', actor!.userId, (trx) =>
      checkBatch({ batchId: opened.batch.id, version }, actor!, trx)
    )
    const blocked = result.counts.blocked + result.findings.length
    return result.passed
      ? this.done(ctx, 'checked', { warning: result.counts.warning })
      : this.done(ctx, 'check_failed', { blocked }, '?tab=checks')
  }

  async submit(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const { version } = await request.validateUsing(versionValidator)
    await once(request.input('_key'), 'transfers.submit', actor!.userId, (trx) =>
      submitBatch({ batchId: opened.batch.id, version }, actor!, trx)
    )
    return this.done(ctx, 'submitted')
  }

  async sign(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    const step = STEPS.find((known) => known === params.step)!
    const grant = actor!.authorize(capabilityOf(step), signingTarget(opened))
    const { version, comment } = await request.validateUsing(signatureValidator)
    await once(request.input('_key'), 'transfers.sign', actor!.userId, (trx) =>
      approveStep(
        { batchId: opened.batch.id, version, step, comment: comment ?? null, grant },
        actor!,
        trx
      )
    )
    return this.done(ctx, 'signed')
  }

  /** By who signs the step that is due; once it is scheduled by who executes. */
  async return(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    const scheduled = opened.batch.state === 'scheduled'
    const grant = scheduled ? executionGrant(actor!, opened) : signingGrant(actor!, opened)
    if (!grant) throw new ForbiddenError(scheduled ? 'transfers.execute' : 'transfers.approve')
    const { version, comment } = await request.validateUsing(reasonValidator)
    await once(request.input('_key'), 'transfers.return', actor!.userId, (trx) =>
      returnBatch({ batchId: opened.batch.id, version, comment, grant }, actor!, trx)
    )
    return this.done(ctx, 'returned')
  }

  async withdraw(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const { version, comment } = await request.validateUsing(reasonValidator)
    await once(request.input('_key'), 'transfers.withdraw', actor!.userId, (trx) =>
      withdrawBatch({ batchId: opened.batch.id, version, reason: comment }, actor!, trx)
    )
    return this.done(ctx, 'withdrawn')
  }

  async execute(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    if (!executionGrant(actor!, opened)) throw new ForbiddenError('transfers.execute')
    const { version } = await request.validateUsing(versionValidator)
    await once(request.input('_key'), 'transfers.execute', actor!.userId, (trx) =>
      executeBatch({ batchId: opened.batch.id, version }, actor!, trx)
    )
    return this.done(ctx, 'executed', {}, '?tab=certificate')
  }

  private done(ctx: HttpContext, what: string, params: Record<string, number> = {}, tab = '') {
    const { response, session, i18n } = ctx
    const tone = what === 'check_failed' ? 'error' : 'success'
    session.flash(tone, i18n.t(`transfers.done.${what}`, params))
    return response.redirect(`/transfers/batches/${ctx.params.id}${tab}`)
  }
}
