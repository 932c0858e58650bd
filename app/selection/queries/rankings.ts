import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { hasReached } from '../domain/rounds.js'
import { combine, type Combined, type ScoreEntry } from '../domain/scores.js'
import { openSets } from './choices.js'
import { participantsOf, type Participant } from './participants.js'
import { listsOf, postsOf, type SelectionList } from './posts.js'
import { openRounds, roundById, type RoundRow } from './rounds.js'

export interface ScorerRow {
  id: number
  listId: number
  userId: number
  userName: string
  weight: string
  version: number
}

export interface RankingRow {
  id: number
  listId: number
  participantId: number
  scoreCenti: number | null
  reason: string | null
  source: string
  version: number
}

export async function scorersOf(roundId: number, client: Client = db): Promise<ScorerRow[]> {
  const rows = await scorersFrom(client).where('l.round_id', roundId).orderBy('s.id')
  return rows.map(scorerOf)
}

/** The scorer that this account is for a list, null when it is none. */
export async function ownScorer(
  listId: number,
  userId: number | null,
  client: Client = db
): Promise<ScorerRow | null> {
  const row = await scorersFrom(client)
    .where({ 's.list_id': listId, 's.user_id': userId ?? 0 })
    .first()
  return row ? scorerOf(row) : null
}

export interface ListProgress {
  list: SelectionList
  posts: string[]
  /** People who chose one of its posts. */
  people: Participant[]
  scorers: ScorerRow[]
  /** By participant: what the scorers said so far, together. */
  combined: Map<number, Combined>
  entries: Map<number, ScoreEntry[]>
}

/** Every list of a round with its people and what was said of them, once preferences are closed. */
export async function listProgress(round: RoundRow, client: Client = db): Promise<ListProgress[]> {
  if (!hasReached(round.state, 'ranking')) return []
  const lists = await listsOf(round.id, client)
  const posts = await postsOf(round.id, client)
  const people = await participantsOf(round.id, client)
  const sets = await openSets(round, client)
  const scorers = await scorersOf(round.id, client)
  const scores = await scoresOf(round.id, client)
  return lists.map((list) => {
    const codes = posts.filter(({ listId }) => listId === list.id).map(({ code }) => code)
    const chosen = people.filter(({ id }) => sets.get(id)?.some((code) => codes.includes(code)))
    const own = scorers.filter(({ listId }) => listId === list.id)
    const entries = new Map(
      chosen.map(({ id }) => [id, own.flatMap((scorer) => scores.get(`${scorer.id}/${id}`) ?? [])])
    )
    return {
      list,
      posts: codes,
      people: chosen,
      scorers: own,
      entries,
      combined: new Map(chosen.map(({ id }) => [id, combine(own, entries.get(id)!)])),
    }
  })
}

/** Lists that rank for a post which the person chose, once preferences are closed. */
export async function listsOfPerson(
  round: RoundRow,
  participantId: number,
  client: Client = db
): Promise<SelectionList[]> {
  const chosen = (await openSets(round, client)).get(participantId) ?? []
  const posts = (await postsOf(round.id, client)).filter(({ code }) => chosen.includes(code))
  const lists = new Set(posts.map(({ listId }) => listId))
  return (await listsOf(round.id, client)).filter(({ id }) => lists.has(id))
}

/** All scorers have withdrawn for somebody: only a substitute can score there. */
export function isStuck(combined: ListProgress['combined']): boolean {
  return [...combined.values()].some((one) => one.kind === 'incomplete' && one.missing.length === 0)
}

async function scoresOf(roundId: number, client: Client): Promise<Map<string, ScoreEntry>> {
  const rows = await client
    .from('selection_scores as v')
    .join('selection_scorers as s', 's.id', 'v.scorer_id')
    .join('selection_lists as l', 'l.id', 's.list_id')
    .where('l.round_id', roundId)
    .select('v.*')
  return new Map(
    rows.map((row) => [
      `${row.scorer_id}/${row.participant_id}`,
      {
        scorerId: Number(row.scorer_id),
        kind: row.kind,
        scoreCenti: row.score_centi === null ? null : Number(row.score_centi),
        reason: row.reason,
      },
    ])
  )
}

/** What the lists say, as it goes into the matching. */
export async function rankingsOf(roundId: number, client: Client = db): Promise<RankingRow[]> {
  const rows = await client
    .from('selection_rankings as k')
    .join('selection_lists as l', 'l.id', 'k.list_id')
    .where('l.round_id', roundId)
    .orderBy('k.id')
    .select('k.*')
  return rows.map((row) => ({
    id: Number(row.id),
    listId: Number(row.list_id),
    participantId: Number(row.participant_id),
    scoreCenti: row.score_centi === null ? null : Number(row.score_centi),
    reason: row.reason,
    source: row.source,
    version: Number(row.version),
  }))
}

export interface OwnList {
  round: RoundRow
  list: SelectionList
  scorer: ScorerRow
}

/** Lists that an account scores, newest round first. */
export async function ownLists(userId: number | null): Promise<OwnList[]> {
  const rows = await scorersFrom(db)
    .where('s.user_id', userId ?? 0)
    .orderBy('l.id', 'desc')
    .select(
      'l.round_id',
      'l.code',
      'l.name as list_name',
      'l.capacity',
      'l.version as list_version'
    )
  const rounds = new Map<number, RoundRow>()
  for (const { round_id: id } of rows) {
    if (!rounds.has(Number(id))) rounds.set(Number(id), await roundById(Number(id)))
  }
  return rows.map((row) => ({
    round: rounds.get(Number(row.round_id))!,
    list: {
      id: Number(row.list_id),
      roundId: Number(row.round_id),
      code: row.code,
      name: row.list_name,
      capacity: row.capacity === null ? null : Number(row.capacity),
      version: Number(row.list_version),
    },
    scorer: scorerOf(row),
  }))
}

/** Lists that an account still has people to score on: of rounds whose ranking is open. */
export async function listsToScore(userId: number | null) {
  const mine = await ownLists(userId)
  const open = new Set((await openRounds()).map(({ id, state }) => (state === 'ranking' ? id : 0)))
  const waiting = []
  for (const own of mine.filter(({ round }) => open.has(round.id))) {
    const progress = (await listProgress(own.round)).find(({ list }) => list.id === own.list.id)!
    const missing = progress.people.filter(
      ({ id }) => !progress.entries.get(id)!.some(({ scorerId }) => scorerId === own.scorer.id)
    ).length
    if (missing > 0) waiting.push({ ...own, missing })
  }
  return waiting
}

function scorersFrom(client: Client) {
  return client
    .from('selection_scorers as s')
    .join('selection_lists as l', 'l.id', 's.list_id')
    .join('users as u', 'u.id', 's.user_id')
    .select('s.*', 'u.name as user_name')
}

function scorerOf(row: any): ScorerRow {
  return {
    id: Number(row.id),
    listId: Number(row.list_id),
    userId: Number(row.user_id),
    userName: row.user_name,
    weight: row.weight,
    version: Number(row.version),
  }
}
