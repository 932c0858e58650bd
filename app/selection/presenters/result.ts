import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import { flowSankey } from '#shared/charts/flow_sankey'
import { histogram } from '#shared/charts/histogram'
import { quotaBars } from '#shared/charts/quota_bars'
import { NARROW } from '#shared/charts/render'
import { roundTarget } from '../reach.js'
import { participantsOf, type Participant } from '../queries/participants.js'
import { listsOf, postsOf, type SelectionPost } from '../queries/posts.js'
import { rankingsOf } from '../queries/rankings.js'
import { resultsOf, verifiableRun, type MatchingRow, type ResultRow } from '../queries/results.js'
import type { RoundRow } from '../queries/rounds.js'
import { PAGE_SIZE } from '#shared/lists/keyset'
import { fullGroups } from '../domain/outcome.js'
import { scoreText } from '../domain/scores.js'

/** Everything that the page of a result shows, with its three pictures. */
export async function resultParts(
  round: RoundRow,
  matching: MatchingRow,
  actor: Actor,
  i18n: I18n,
  filters: { post?: string | null; way?: string | null; cursor?: string | null } = {}
) {
  const posts = await postsOf(round.id)
  const people = await participantsOf(round.id)
  const results = await resultsOf(matching.id)
  const byId = new Map(people.map((person) => [person.id, person]))
  const scores = new Map(
    (await rankingsOf(round.id)).map((row) => [
      `${row.listId}/${row.participantId}`,
      row.scoreCenti,
    ])
  )
  const rows = results
    .map((row) => ({ ...row, person: byId.get(row.participantId)! }))
    .filter(({ postCode }) => !filters.post || postCode === filters.post)
    .filter(({ way }) => !filters.way || way === filters.way)
    .sort((a, b) => order(a, b))
  const full = fullGroups(await listsOf(round.id), posts, matching.summary.posts)
  return {
    matching,
    minimums: matching.summary.unmetMinimums.map((row) => ({
      ...row,
      group: full.get(row.post)?.name ?? null,
    })),
    total: rows.length,
    page: pageOf(rows, filters.cursor ?? null),
    filters,
    posts,
    names: Object.fromEntries(people.map(({ id, name }) => [id, name])),
    fill: matching.summary.posts.map((figure) => {
      const post = posts.find(({ code }) => code === figure.code)!
      return {
        ...figure,
        ...lastAdmitted(post, results, scores),
        name: post.name,
        unit: post.unitName,
      }
    }),
    flow: flowOf(results, byId, posts, i18n),
    pictures: picturesOf(matching, results, byId, posts, i18n),
    mayOpen: actor.may('selection.people', roundTarget(round)),
    // Beside a placement it is the result that it was made on.
    verifiableId: actor.may('selection.inspect', roundTarget(round))
      ? await verifiableRun(round.id, { run: matching.run, published: false })
      : null,
  }
}

/** A result is read whole, for its pictures; its table shows a page of it. */
function pageOf<Row>(rows: readonly Row[], cursor: string | null) {
  const last = Math.max(0, Math.ceil(rows.length / PAGE_SIZE) - 1) * PAGE_SIZE
  const start = cursor === 'last' ? last : Math.min(Math.max(0, Number(cursor) || 0), last)
  return {
    rows: rows.slice(start, start + PAGE_SIZE),
    next: start < last ? String(start + PAGE_SIZE) : null,
    previous: start > 0 ? String(Math.max(0, start - PAGE_SIZE)) : null,
  }
}

function order(a: ResultRow, b: ResultRow) {
  return (a.postCode ?? 'ZZ').localeCompare(b.postCode ?? 'ZZ') || a.id - b.id
}

function lastAdmitted(
  post: SelectionPost,
  results: readonly ResultRow[],
  scores: Map<string, number | null>
) {
  const inPost = results
    .filter(({ postId, way }) => postId === post.id && way !== 'placed' && way !== 'exception')
    .map(({ participantId }) => scores.get(`${post.listId}/${participantId}`))
    .filter((score): score is number => typeof score === 'number')
  return { last: inPost.length ? scoreText(Math.min(...inPost)) : '' }
}

export interface FlowRow {
  from: string
  to: string
  people: number
}

/** From the departments as they were to the new posts, those without a place as one of them. */
function flowOf(
  results: readonly ResultRow[],
  people: Map<number, Participant>,
  posts: readonly SelectionPost[],
  i18n: I18n
): FlowRow[] {
  const names = new Map(posts.map((post) => [post.id, `${post.code} ${post.name}`]))
  const counts = new Map<string, FlowRow>()
  for (const { participantId, postId } of results) {
    const person = people.get(participantId)
    if (!person) continue
    const from = person.departmentName
      ? `${person.unitName} ${person.departmentName}`
      : person.unitName
    const to = postId === null ? i18n.t('selection.ways.unplaced') : names.get(postId)!
    const key = `${from}→${to}`
    const row = counts.get(key) ?? { from, to, people: 0 }
    counts.set(key, { ...row, people: row.people + 1 })
  }
  return [...counts.values()].sort((a, b) => a.from.localeCompare(b.from) || b.people - a.people)
}

function picturesOf(
  matching: MatchingRow,
  results: readonly ResultRow[],
  people: Map<number, Participant>,
  posts: readonly SelectionPost[],
  i18n: I18n
) {
  const t = (key: string, params = {}) => i18n.t(key, params)
  const { byChoice, unplaced } = matching.summary
  const flow = flowOf(results, people, posts, i18n)
  const names = [...new Set(flow.flatMap(({ from, to }) => [from, to]))]
  return {
    flow: flowSankey({
      title: t('selection.charts.flow'),
      units: names.map((name) => ({ code: name, name })),
      links: flow,
      width: 860,
    }),
    fill: quotaBars({
      title: t('selection.charts.fill'),
      labels: {
        filled: t('selection.fields.placed'),
        vacant: t('selection.fields.free'),
      },
      rows: matching.summary.posts.map(({ code, capacity, placed, free }) => {
        const post = posts.find((one) => one.code === code)!
        return {
          unit: `${code} ${post.name}`,
          funding: post.unitName,
          authorised: capacity,
          filled: placed,
          reserved: 0,
          vacant: Math.max(0, free),
          over: 0,
        }
      }),
    }),
    satisfaction: histogram({
      width: NARROW,
      title: t('selection.charts.satisfaction'),
      labels: { value: t('selection.fields.choice'), count: t('selection.fields.people') },
      bins: [
        ...byChoice.map((count, index) => ({
          from: index + 1,
          to: index + 1,
          count,
          label: t('selection.choice_no', { number: index + 1 }),
        })),
        { from: 0, to: 0, count: unplaced, label: t('selection.ways.unplaced') },
      ],
    }),
  }
}
