import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { sendRegister } from '#shared/downloads'
import { openPerson, openRound } from '../access.js'
import { noteTaken } from '../actions/note_taken.js'
import { declinePlace, signPlace } from '../actions/answers.js'
import { enterParticipants, removeParticipant } from '../actions/people.js'
import { hasReached } from '../domain/rounds.js'
import { participantRegister } from '../documents/registers.js'
import { roundTarget } from '../reach.js'
import { permitsOf } from '../queries/permits.js'
import { openOrders } from '../queries/choices.js'
import { accountOf } from '../queries/account.js'
import { participantsOf } from '../queries/participants.js'
import { postsOf } from '../queries/posts.js'
import { resultOfPerson } from '../queries/results.js'
import { contractOfPerson } from '../queries/contracts.js'
import { commentValidator, peopleValidator, removalValidator } from '../validators.js'

/** Who takes part, and each person's way through the round. */
export default class PeopleController {
  async store(ctx: HttpContext) {
    const { round } = await openRound(ctx.actor!, Number(ctx.params.id), 'selection.prepare')
    const form = await ctx.request.validateUsing(peopleValidator)
    const { version, unit_ids: unitIds } = form
    ctx.actor!.authorize('selection.prepare', { unitIds })
    const count = await enterParticipants({ roundId: round.id, version, unitIds }, ctx.actor!)
    ctx.session.flash('success', ctx.i18n.t('selection.done.people_entered', { count }))
    return toPeople(ctx, round.id)
  }

  async remove(ctx: HttpContext) {
    const { round } = await openRound(ctx.actor!, Number(ctx.params.id), 'selection.prepare')
    const form = await ctx.request.validateUsing(removalValidator)
    const { version, id: participantId } = form
    await removeParticipant({ roundId: round.id, version, participantId }, ctx.actor!)
    ctx.session.flash('success', ctx.i18n.t('selection.done.person_removed'))
    return toPeople(ctx, round.id)
  }

  /** The list as it stands; what anybody chose is in none of its columns. */
  async export(ctx: HttpContext) {
    const { actor, params, i18n } = ctx
    const { round, grant } = await openRound(actor!, Number(params.id), 'selection.people')
    const people = await participantsOf(round.id)
    const account = await accountOf(round)
    await noteTaken(actor!, round.id, {
      action: 'selection.people.exported',
      changes: { people: people.length },
      grant,
    })
    const name = `${round.name}-${clock.today()}.xlsx`
    return sendRegister(ctx, name, participantRegister(round, people, account, i18n))
  }

  async show({ actor, params, view }: HttpContext) {
    const { person, round } = await openPerson(actor!, Number(params.id))
    const open = hasReached(round.state, 'matching')
    const target = roundTarget(round)
    return view.render('pages/selection/people/show', {
      person,
      round,
      order: open ? ((await openOrders(round)).get(person.id) ?? null) : null,
      opened: open,
      posts: await postsOf(round.id),
      result: await resultOfPerson(round.matchingId, person.id),
      contract: await contractOfPerson(person.personId),
      permits: await permitsOf(person.id),
      mayEnter: actor!.may('selection.enter', target),
      mayPrepare: actor!.may('selection.prepare', target),
      mayApprove: actor!.may('selection.approve', target),
      history: await historyOf('selection_participant', person.id),
    })
  }

  async sign(ctx: HttpContext) {
    const { person } = await openPerson(ctx.actor!, Number(ctx.params.id), 'selection.enter')
    const form = await ctx.request.validateUsing(commentValidator)
    const { version, comment: note } = form
    await signPlace({ participantId: person.id, version, note }, ctx.actor!)
    return toPerson(ctx, 'signed')
  }

  async decline(ctx: HttpContext) {
    const { person } = await openPerson(ctx.actor!, Number(ctx.params.id), 'selection.enter')
    const form = await ctx.request.validateUsing(commentValidator)
    const { version, comment: note } = form
    await declinePlace({ participantId: person.id, version, note }, ctx.actor!)
    return toPerson(ctx, 'declined')
  }
}

function toPeople({ response }: HttpContext, id: number) {
  return response.redirect().withQs({ tab: 'people' }).toRoute('selection.rounds.show', { id })
}

function toPerson({ params, response, session, i18n }: HttpContext, what: string) {
  session.flash('success', i18n.t(`selection.done.${what}`))
  return response.redirect().toRoute('selection.people.show', { id: params.id })
}
