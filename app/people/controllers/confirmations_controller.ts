import type { HttpContext } from '@adonisjs/core/http'
import { ForbiddenError } from '#shared/errors'
import { once } from '#shared/once'
import type { Trx } from '#shared/database'
import { answerObjection, confirmRecord, objectToRecord } from '../actions/confirm_record.js'
import { authorizeFor } from '../queries/people_scope.js'
import { answerValidator, objectionValidator, versionValidator } from '../validators/person.js'

/** The person's own word on the record, and the answer of HR. */
export default class ConfirmationsController {
  async confirm(ctx: HttpContext) {
    const personId = this.self(ctx)
    const { version } = await ctx.request.validateUsing(versionValidator)
    return this.done(ctx, 'confirm', (trx) => confirmRecord({ personId, version }, ctx.actor!, trx))
  }

  async object(ctx: HttpContext) {
    const personId = this.self(ctx)
    const input = await ctx.request.validateUsing(objectionValidator)
    return this.done(ctx, 'object', (trx) =>
      objectToRecord({ personId, ...input }, ctx.actor!, trx)
    )
  }

  async answer(ctx: HttpContext) {
    const personId = Number(ctx.params.id)
    await authorizeFor(ctx.actor!, 'people.edit', personId)
    const { version, comment } = await ctx.request.validateUsing(answerValidator)
    const input = { personId, version, reason: comment }
    return this.done(ctx, 'answer', (trx) => answerObjection(input, ctx.actor!, trx))
  }

  /** Nobody speaks for somebody else, whatever the grants. */
  private self({ actor, params }: HttpContext): number {
    const personId = Number(params.id)
    if (!actor!.isSelf(personId)) throw new ForbiddenError('people.view_self')
    actor!.authorize('people.view_self', { personId })
    return personId
  }

  private async done(ctx: HttpContext, verb: string, work: (trx: Trx) => Promise<void>) {
    const key = ctx.request.input('_key')
    await once(key, `people.record.${verb}`, ctx.actor!.userId, work)
    ctx.session.flash('success', ctx.i18n.t(`people.confirmation.done_${verb}`))
    return ctx.response.redirect().toRoute('people.persons.show', { id: ctx.params.id })
  }
}
