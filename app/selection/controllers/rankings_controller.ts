import type { HttpContext } from '@adonisjs/core/http'
import { histogram, toBins } from '#shared/charts/histogram'
import { clock } from '#shared/clock'
import { DomainError, ForbiddenError } from '#shared/errors'
import { saveScores } from '../actions/save_scores.js'
import { hasReached } from '../domain/rounds.js'
import { parseScore, scoreText } from '../domain/scores.js'
import { listById } from '../queries/posts.js'
import { listProgress, ownLists, ownScorer } from '../queries/rankings.js'
import { roundById } from '../queries/rounds.js'
import { scoresValidator } from '../validators.js'

/** A scorer's own lists: who chose the post, never in what order nor what else. */
export default class RankingsController {
  async index({ actor, view }: HttpContext) {
    return view.render('pages/selection/rankings/index', {
      lists: await ownLists(actor!.userId),
    })
  }

  async show({ actor, params, view, i18n }: HttpContext) {
    const { round, list, scorer } = await openOwnList({ actor, params })
    const progress = (await listProgress(round)).find((one) => one.list.id === list.id) ?? null
    const rows = (progress?.people ?? []).map((person) => {
      const entries = progress!.entries.get(person.id)!
      const own = entries.find(({ scorerId }) => scorerId === scorer.id) ?? null
      const together = progress!.combined.get(person.id)!
      return {
        person,
        isSelf: actor!.isSelf(person.personId),
        kind: own?.kind ?? (actor!.isSelf(person.personId) ? 'withdrawn' : 'score'),
        score: scoreText(own?.scoreCenti ?? null),
        reason: own?.reason ?? '',
        done: own !== null,
        // What the others gave is told when everybody has spoken, so that nobody follows anybody.
        together: together.kind === 'score' ? scoreText(together.scoreCenti) : null,
        spread: together.kind === 'score' ? scoreText(together.spreadCenti) : null,
      }
    })
    const own = rows.flatMap(({ score }) => parseScore(score) ?? [])
    return view.render('pages/selection/rankings/show', {
      round,
      list,
      scorer,
      rows,
      open: round.state === 'ranking' && clock.today() <= round.rankingUntil,
      late: round.state === 'ranking' && clock.today() > round.rankingUntil,
      started: hasReached(round.state, 'ranking'),
      missing: rows.filter(({ done }) => !done).length,
      picture: own.length ? pictureOf(own, i18n.t.bind(i18n)) : null,
      bins: toBins(
        own.map((centi) => centi / 100),
        0,
        100,
        10
      ),
    })
  }

  async save({ actor, params, request, response, session, i18n }: HttpContext) {
    const { list } = await openOwnList({ actor, params })
    const form = await request.validateUsing(scoresValidator)
    const entries = Object.entries(form.scores).map(([id, row]) => ({
      participantId: Number(id.slice(1)),
      kind: row.kind,
      score: row.score ?? '',
      reason: row.reason ?? '',
    }))
    if (entries.length === 0) throw new DomainError('selection.errors.nothing_scored')
    const count = await saveScores({ listId: list.id, version: form.version, entries }, actor!)
    session.flash('success', i18n.t('selection.done.scores_saved', { count }))
    return response.redirect().toRoute('selection.rankings.show', { id: list.id })
  }
}

async function openOwnList({ actor, params }: Pick<HttpContext, 'actor' | 'params'>) {
  const list = await listById(Number(params.id))
  const scorer = await ownScorer(list.id, actor!.userId)
  if (!scorer) throw new ForbiddenError('selection.rank')
  return { list, scorer, round: await roundById(list.roundId) }
}

function pictureOf(scores: number[], t: (key: string) => string): string {
  return histogram({
    title: t('selection.ranking.spread'),
    labels: { value: t('selection.fields.score'), count: t('selection.fields.people') },
    bins: toBins(
      scores.map((centi) => centi / 100),
      0,
      100,
      10
    ),
  })
}
