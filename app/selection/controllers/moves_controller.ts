import type { HttpContext } from '@adonisjs/core/http'
import { openRound, type SelectionAct } from '../access.js'
import { advanceRound } from '../actions/advance.js'
import { runPlacement } from '../actions/place_elsewhere.js'
import { closeRound, publishResult } from '../actions/publish.js'
import { reEngage } from '../actions/re_engage.js'
import { approveRound } from '../actions/approve_round.js'
import { reschedule } from '../actions/rounds.js'
import { reEngageValidator, rescheduleValidator, versionValidator } from '../validators.js'

/** What moves a round on by hand; its dates move the rest. */
export default class MovesController {
  async approve(ctx: HttpContext) {
    const { round, grant, version } = await open(ctx, 'selection.approve')
    await approveRound({ roundId: round.id, version, grant }, ctx.actor!)
    await advanceRound(round.id)
    return done(ctx, 'approved')
  }

  async reschedule(ctx: HttpContext) {
    const { round, grant } = await openRound(ctx.actor!, Number(ctx.params.id), 'selection.approve')
    const form = await ctx.request.validateUsing(rescheduleValidator)
    const { preferences_until: preferencesUntil, ranking_until: rankingUntil } = form
    const { version, reason } = form
    await reschedule(
      { roundId: round.id, version, preferencesUntil, rankingUntil, reason, grant },
      ctx.actor!
    )
    return done(ctx, 'rescheduled')
  }

  async publish(ctx: HttpContext) {
    const { round, grant, version } = await open(ctx, 'selection.approve')
    await publishResult({ roundId: round.id, version, grant }, ctx.actor!)
    return done(ctx, 'published')
  }

  async place(ctx: HttpContext) {
    const { round, grant, version } = await open(ctx, 'selection.approve')
    await runPlacement({ roundId: round.id, version, grant }, ctx.actor!)
    return done(ctx, 'placed')
  }

  async reEngage(ctx: HttpContext) {
    const { round } = await openRound(ctx.actor!, Number(ctx.params.id), 'selection.prepare')
    const form = await ctx.request.validateUsing(reEngageValidator)
    const { inUnit } = await reEngage(
      {
        roundId: round.id,
        effectiveOn: form.effective_on,
        documentNo: form.document_no,
        contractUntil: form.contract_until ?? null,
      },
      ctx.actor!
    )
    if (inUnit.length > 0) {
      const names = inUnit.join('、')
      ctx.session.flash('notice', ctx.i18n.t('selection.done.in_unit', { names }))
    }
    return done(ctx, 're_engaged')
  }

  async close(ctx: HttpContext) {
    const { round, grant, version } = await open(ctx, 'selection.approve')
    await closeRound({ roundId: round.id, version, grant }, ctx.actor!)
    return done(ctx, 'closed')
  }
}

async function open(ctx: HttpContext, act: SelectionAct) {
  const { round, grant } = await openRound(ctx.actor!, Number(ctx.params.id), act)
  const { version } = await ctx.request.validateUsing(versionValidator)
  return { round, grant, version }
}

function done({ params, response, session, i18n }: HttpContext, what: string) {
  session.flash('success', i18n.t(`selection.done.${what}`))
  return response.redirect().toRoute('selection.rounds.show', { id: params.id })
}
