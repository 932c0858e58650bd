import type { HttpContext } from '@adonisjs/core/http'
import { openPerson } from '../access.js'
import { askPermit, decidePermit } from '../actions/permits.js'
import { permitById } from '../queries/permits.js'
import { reasonValidator, versionValidator } from '../validators.js'

/** Late entries: asked for by one, allowed by another. */
export default class PermitsController {
  async store(ctx: HttpContext) {
    const { person } = await openPerson(ctx.actor!, Number(ctx.params.id), 'selection.enter')
    const { reason } = await ctx.request.validateUsing(reasonValidator)
    await askPermit({ participantId: person.id, reason }, ctx.actor!)
    return done(ctx, person.id, 'permit_asked')
  }

  approve(ctx: HttpContext) {
    return this.decide(ctx, 'approve')
  }

  refuse(ctx: HttpContext) {
    return this.decide(ctx, 'refuse')
  }

  private async decide(ctx: HttpContext, verb: 'approve' | 'refuse') {
    const permit = await permitById(Number(ctx.params.id))
    const { person, grant } = await openPerson(
      ctx.actor!,
      permit.participantId,
      'selection.approve'
    )
    const { version } = await ctx.request.validateUsing(versionValidator)
    await decidePermit({ id: permit.id, version, verb, grant }, ctx.actor!)
    return done(ctx, person.id, `permit_${verb}`)
  }
}

function done({ response, session, i18n }: HttpContext, id: number, what: string) {
  session.flash('success', i18n.t(`selection.done.${what}`))
  return response.redirect().toRoute('selection.people.show', { id })
}
