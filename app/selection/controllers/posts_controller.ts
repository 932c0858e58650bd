import type { HttpContext } from '@adonisjs/core/http'
import { openList, openRound } from '../access.js'
import { addScorer, removeScorer } from '../actions/people.js'
import { substituteScorer } from '../actions/substitute_scorer.js'
import { addGroup, addPost, removePost } from '../actions/posts.js'
import { listsOf } from '../queries/posts.js'
import { postOptions, scorerOptions } from '../queries/people_choices.js'
import { scorersOf } from '../queries/rankings.js'
import {
  groupValidator,
  postValidator,
  removalValidator,
  scorerRemovalValidator,
  scorerValidator,
  substituteValidator,
} from '../validators.js'

const NATURES = ['editorial', 'technical', 'administrative', 'commercial']

/** Posts of a round, caps over several of them, and who ranks. */
export default class PostsController {
  async create({ actor, params, view }: HttpContext) {
    const { round } = await openRound(actor!, Number(params.id), 'selection.prepare')
    const groups = (await listsOf(round.id)).filter(({ capacity }) => capacity !== null)
    return view.render('pages/selection/posts/create', {
      round,
      posts: await postOptions(round.id, actor!.unitsFor('selection.prepare')),
      groups: groups.map(({ id: value, name: label }) => ({ value, label })),
      natures: NATURES,
    })
  }

  async store(ctx: HttpContext) {
    const { round } = await openRound(ctx.actor!, Number(ctx.params.id), 'selection.prepare')
    const form = await ctx.request.validateUsing(postValidator)
    await addPost(
      {
        roundId: round.id,
        version: form.version,
        postId: form.post_id,
        listId: form.list_id ?? null,
        capacity: form.capacity,
        minimum: form.minimum ?? 0,
        natures: form.natures,
        requirements: form.requirements ?? null,
      },
      ctx.actor!
    )
    return back(ctx, round.id, 'post_added')
  }

  async group(ctx: HttpContext) {
    const { round } = await openRound(ctx.actor!, Number(ctx.params.id), 'selection.prepare')
    const form = await ctx.request.validateUsing(groupValidator)
    await addGroup({ roundId: round.id, ...form }, ctx.actor!)
    return back(ctx, round.id, 'group_added')
  }

  async remove(ctx: HttpContext) {
    const { round } = await openRound(ctx.actor!, Number(ctx.params.id), 'selection.prepare')
    const form = await ctx.request.validateUsing(removalValidator)
    await removePost({ roundId: round.id, ...form }, ctx.actor!)
    return back(ctx, round.id, 'post_removed')
  }

  async scorers({ actor, params, view }: HttpContext) {
    const { round, list } = await openList(actor!, Number(params.id), 'selection.prepare')
    const scorers = (await scorersOf(round.id)).filter(({ listId }) => listId === list.id)
    return view.render('pages/selection/posts/scorers', {
      round,
      list,
      scorers,
      users: await scorerOptions(),
    })
  }

  async addScorer({ actor, params, request, response, session, i18n }: HttpContext) {
    const { list } = await openList(actor!, Number(params.id), 'selection.prepare')
    const form = await request.validateUsing(scorerValidator)
    await addScorer({ listId: list.id, userId: form.user_id, weight: form.weight }, actor!)
    session.flash('success', i18n.t('selection.done.scorer_added'))
    return response.redirect().toRoute('selection.posts.scorers', { id: list.id })
  }

  async substitute({ actor, params, request, response, session, i18n }: HttpContext) {
    const { list, round, grant } = await openList(actor!, Number(params.id), 'selection.approve')
    const form = await request.validateUsing(substituteValidator)
    const { scorer_id: scorerId, user_id: userId, reason } = form
    await substituteScorer({ listId: list.id, scorerId, userId, reason, grant }, actor!)
    session.flash('success', i18n.t('selection.done.scorer_substituted'))
    return response
      .redirect()
      .withQs({ tab: 'rankings' })
      .toRoute('selection.rounds.show', { id: round.id })
  }

  async removeScorer({ actor, params, request, response, session, i18n }: HttpContext) {
    const { list, round } = await openList(actor!, Number(params.id), 'selection.prepare')
    const form = await request.validateUsing(scorerRemovalValidator)
    const own = (await scorersOf(round.id)).some(
      ({ id, listId }) => id === form.scorer_id && listId === list.id
    )
    if (own) await removeScorer({ scorerId: form.scorer_id }, actor!)
    session.flash('success', i18n.t('selection.done.scorer_removed'))
    return response.redirect().toRoute('selection.posts.scorers', { id: list.id })
  }
}

function back({ response, session, i18n }: HttpContext, id: number, what: string) {
  session.flash('success', i18n.t(`selection.done.${what}`))
  return response.redirect().withQs({ tab: 'posts' }).toRoute('selection.rounds.show', { id })
}
