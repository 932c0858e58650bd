import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { addDays } from '#shared/dates'
import { maySeeEnding, openRound } from '../access.js'
import {
  NEXT_STEPS,
  OUTCOMES,
  planArrangement,
  settleArrangement,
} from '../actions/arrangements.js'
import { endingOutlook } from '../actions/endings.js'
import { NOTICE_DAYS, PROTECTIONS } from '../domain/compensation.js'
import { arrangementsFor, veiledHistory } from '../presenters/arrangements.js'
import { roundTarget } from '../reach.js'
import { arrangementById, endingsOf } from '../queries/arrangements.js'
import { officerOptions } from '../queries/people_choices.js'
import { planValidator, settleValidator } from '../validators.js'
import { DomainError } from '#shared/errors'

/** Somebody without a place: owner, next step, and how it was settled. */
export default class ArrangementsController {
  async show({ actor, params, view }: HttpContext) {
    const row = await arrangementById(Number(params.id))
    const { round } = await openRound(actor!, row.roundId, 'selection.people')
    const target = roundTarget(round)
    const endsOn = addDays(clock.today(), NOTICE_DAYS)
    const sees = maySeeEnding(actor!, row)
    const history = await historyOf('selection_arrangement', row.id)
    return view.render('pages/selection/arrangements/show', {
      row: arrangementsFor(actor!, [row])[0],
      round,
      isOwner: row.ownerId !== null && row.ownerId === actor!.userId,
      mayApprove: actor!.may('selection.approve', target),
      sees,
      mayArrange: actor!.may('selection.arrange', target),
      officers: await officerOptions(),
      steps: NEXT_STEPS,
      outcomes: OUTCOMES.filter((name) => name !== 'placed' && name !== 'ended'),
      endings: sees ? await endingsOf(row.id) : [],
      outlook: sees && row.state === 'open' ? await outlookOf(row, endsOn) : null,
      endsOn,
      protections: PROTECTIONS,
      history: sees ? history : veiledHistory(history),
    })
  }

  async plan(ctx: HttpContext) {
    const row = await arrangementById(Number(ctx.params.id))
    await openRound(ctx.actor!, row.roundId, 'selection.arrange')
    const form = await ctx.request.validateUsing(planValidator)
    await planArrangement(
      {
        id: row.id,
        version: form.version,
        ownerId: form.owner_id,
        nextStep: form.next_step,
        dueOn: form.due_on ?? null,
        note: form.note ?? null,
      },
      ctx.actor!
    )
    return done(ctx, 'arrangement_planned')
  }

  async settle(ctx: HttpContext) {
    const row = await arrangementById(Number(ctx.params.id))
    await openRound(ctx.actor!, row.roundId, 'selection.arrange')
    const { version, outcome, note } = await ctx.request.validateUsing(settleValidator)
    if (outcome === 'ended') throw new DomainError('selection.errors.ended_by_notice')
    await settleArrangement({ id: row.id, version, outcome, note: note ?? null }, ctx.actor!)
    return done(ctx, 'arrangement_settled')
  }
}

async function outlookOf(row: Awaited<ReturnType<typeof arrangementById>>, endsOn: string) {
  try {
    return await inTransaction((trx) => endingOutlook(row, endsOn, false, trx))
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

function done({ params, response, session, i18n }: HttpContext, what: string) {
  session.flash('success', i18n.t(`selection.done.${what}`))
  return response.redirect().toRoute('selection.arrangements.show', { id: params.id })
}
