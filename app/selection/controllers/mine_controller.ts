import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import { openOwnPlace } from '../access.js'
import { declinePlace, signPlace } from '../actions/answers.js'
import { saveChoice } from '../actions/save_choice.js'
import { choiceFrom } from '../choice_form.js'
import { eligiblePosts } from '../domain/instance.js'
import { receiptText, type ChoiceDraft } from '../domain/preferences.js'
import { wordsOf } from '../domain/outcome.js'
import { deadlineOf, hasReached, takesObjections } from '../domain/rounds.js'
import { servedEndings } from '../queries/arrangements.js'
import { ownChoice } from '../queries/choices.js'
import { objectionsOf } from '../queries/objections.js'
import { ownPlaces } from '../queries/participants.js'
import { permitsOf } from '../queries/permits.js'
import { postsOf } from '../queries/posts.js'
import { matchingById, resultOfPerson, verifiableRun } from '../queries/results.js'
import { roundById } from '../queries/rounds.js'
import { answerValidator, versionValidator } from '../validators.js'

/** The staff's own page, made for the phone: choose, receipt, afterwards the result and why. */
export default class MineController {
  async index({ actor, response, view }: HttpContext) {
    const places = await ownPlaces(actor!.personId)
    if (places.length === 1) {
      return response.redirect().toRoute('selection.mine.show', { id: places[0].roundId })
    }
    const rounds = await Promise.all(places.map(({ roundId }) => roundById(roundId)))
    return view.render('pages/selection/mine/index', { rounds })
  }

  async show(ctx: HttpContext) {
    return this.page(ctx, null, null)
  }

  /** A refused choice comes back on this answer and never through the session. */
  async save(ctx: HttpContext) {
    const { actor, params, receivedAt, request, response, session, i18n } = ctx
    const { place } = await openOwnPlace(actor!, Number(params.id))
    const choice = choiceFrom(request)
    const revision = Number(request.input('revision')) || null
    try {
      await saveChoice(
        { participantId: place.id, choice, source: 'self', revision, receivedAt },
        actor!
      )
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      response.status(error.status)
      return this.page(ctx, choice, i18n.t(error.key, error.params))
    }
    session.flash('success', i18n.t('selection.done.choice_saved'))
    return response.redirect().toRoute('selection.mine.show', { id: place.roundId })
  }

  async sign({ actor, params, request, response, session, i18n }: HttpContext) {
    const { place } = await openOwnPlace(actor!, Number(params.id))
    const { version } = await request.validateUsing(versionValidator)
    await signPlace({ participantId: place.id, version, note: null }, actor!)
    session.flash('success', i18n.t('selection.done.signed'))
    return response.redirect().toRoute('selection.mine.show', { id: params.id })
  }

  async decline({ actor, params, request, response, session, i18n }: HttpContext) {
    const { place } = await openOwnPlace(actor!, Number(params.id))
    const { version, comment } = await request.validateUsing(answerValidator)
    await declinePlace({ participantId: place.id, version, note: comment ?? null }, actor!)
    session.flash('success', i18n.t('selection.done.declined'))
    return response.redirect().toRoute('selection.mine.show', { id: params.id })
  }

  private async page(ctx: HttpContext, typed: ChoiceDraft | null, refusal: string | null) {
    const { actor, params, response, view } = ctx
    const { round, place } = await openOwnPlace(actor!, Number(params.id))
    response.header('Cache-Control', 'no-store')
    const posts = await postsOf(round.id)
    const own = await ownChoice(place)
    const permits = await permitsOf(place.id)
    const late = permits.some(({ state }) => state === 'approved')
    const published = hasReached(round.state, 'publicity')
    const matching = published && round.matchingId ? await matchingById(round.matchingId) : null
    return view.render('pages/selection/mine/show', {
      round,
      place,
      own,
      receipt: own && receiptText({ ...own, round: round.number, pseudonym: place.pseudonym }),
      refusal,
      choice: typed ?? own?.choice ?? { posts: [], acceptsPlacement: null },
      posts,
      eligible: eligiblePosts(posts, place.nature),
      deadline: deadlineOf(round),
      mayChoose: round.state === 'preferences' || (round.state === 'ranking' && late),
      late,
      result: published ? await resultOfPerson(round.matchingId, place.id) : null,
      matching,
      words: matching ? wordsOf(matching.kind, matching.summary.exceptions.length) : null,
      verifiableId: matching ? await verifiableRun(round.id, { published: true }) : null,
      objections: await objectionsOf({ participantId: place.id }),
      endings: await servedEndings(place.id),
      mayObject: takesObjections(round, clock.today()),
    })
  }
}
