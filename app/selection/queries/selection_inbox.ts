import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { longDate } from '#shared/dates'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { ROUND_STATES } from '../domain/rounds.js'
import { roundReach, roundTarget, withinReach, type RoundReach } from '../reach.js'
import { arrangementsOf, askedEndings } from './arrangements.js'
import { objectionsOf } from './objections.js'
import { ownPlaces } from './participants.js'
import { isStuck, listProgress, listsToScore } from './rankings.js'
import { resultOfPerson } from './results.js'
import { openRounds, roundById, type RoundRow } from './rounds.js'

/** What waits for whom in selection; no item says what anybody chose. */
export async function selectionInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  return [
    ...(await forTheHead(actor, t)),
    ...(await forTheOfficer(actor, t)),
    ...(await forTheScorer(actor, t)),
    ...(await forTheSecond(actor, t)),
    ...(await forThePerson(actor, t)),
  ]
}

async function forTheHead(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('selection.approve')) return []
  const rounds = await reached(actor, 'selection.approve')
  const items = rounds.flatMap((round) => {
    if (round.state === 'preparation' && !round.approved && round.preparedBy !== actor.userId) {
      return [roundItem(round, t, 'approve', round.sealed ? round.preferencesFrom : null)]
    }
    if (round.state === 'matching' && round.matchingId !== null) {
      return [roundItem(round, t, 'publish', null)]
    }
    return lateRanking(round, t)
  })
  for (const round of rounds.filter(({ state }) => state === 'ranking')) {
    const stuck = (await listProgress(round)).some(({ combined }) => isStuck(combined))
    if (!stuck) continue
    const url = `/selection/rounds/${round.id}?tab=rankings`
    items.push({ ...roundItem(round, t, 'substitute', round.rankingUntil), url })
  }
  const reach = roundReach(actor, 'selection.approve')
  for (const row of await objectionsOf({ reach, state: 'filed' })) {
    items.push({
      id: `selection_objection:${row.id}`,
      kind: 'selection.objection',
      title: t('selection.inbox.objection', { number: row.number }),
      detail: `${row.roundName} ${row.name}`,
      url: `/selection/objections/${row.id}`,
      due: row.answerDue,
      blocked: false,
    })
  }
  for (const row of await askedIn('selection_exceptions', reach)) {
    if (Number(row.asked_by) === actor.userId) continue
    const url = `/selection/rounds/${row.round_id}?tab=exceptions`
    items.push(plainItem(`selection_exception:${row.id}`, t('selection.inbox.exception'), row, url))
  }
  for (const row of await askedPermits(reach)) {
    if (Number(row.asked_by) === actor.userId) continue
    const url = `/selection/rounds/${row.round_id}?tab=people`
    items.push(plainItem(`selection_permit:${row.id}`, t('selection.inbox.permit'), row, url))
  }
  for (const row of await askedEndings(reach)) {
    if (row.askedBy === actor.userId) continue
    items.push({
      id: `selection_ending:${row.id}`,
      kind: 'selection.ending',
      title: t('selection.inbox.ending'),
      detail: longDate(row.endsOn, actor.locale),
      url: `/selection/arrangements/${row.arrangementId}`,
      due: null,
      blocked: false,
    })
  }
  return items
}

/** Unfinished preparation, people without a place whom the officer owns, a ranking past its day. */
async function forTheOfficer(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('selection.arrange')) return []
  const rounds = await reached(actor, 'selection.arrange')
  const items = rounds.flatMap((round) => lateRanking(round, t))
  const mine = await arrangementsOf({ state: 'open', ownerId: actor.userId ?? -1 })
  const byRound = new Map<number, typeof mine>()
  for (const row of mine) byRound.set(row.roundId, [...(byRound.get(row.roundId) ?? []), row])
  for (const [roundId, rows] of byRound) {
    items.push({
      id: `selection_arrangements:${roundId}`,
      kind: 'selection.arrangement',
      title: t('selection.inbox.arrange', { count: rows.length }),
      detail: rows[0].roundName,
      url: `/selection/rounds/${roundId}?tab=arrangements`,
      due:
        rows
          .map(({ dueOn }) => dueOn)
          .filter((day) => day !== null)
          .sort()[0] ?? null,
      blocked: false,
    })
  }
  return items
}

/** Scores are missing and the day is over: the head gives a later one. */
function lateRanking(round: RoundRow, t: Translate): InboxItem[] {
  if (round.state !== 'ranking' || clock.today() <= round.rankingUntil) return []
  return [{ ...roundItem(round, t, 'ranking_late', round.rankingUntil), blocked: true }]
}

async function forTheScorer(actor: Actor, t: Translate): Promise<InboxItem[]> {
  return (await listsToScore(actor.userId)).map(({ round, list, missing }) => ({
    id: `selection_list:${list.id}`,
    kind: 'selection.ranking',
    title: t('selection.inbox.score', { list: list.name, count: missing }),
    detail: round.name,
    url: `/selection/rankings/${list.id}`,
    due: round.rankingUntil,
    blocked: clock.today() > round.rankingUntil,
  }))
}

/** Paper forms that the second of the two has to type again. */
async function forTheSecond(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const rows = await db
    .from('selection_papers as f')
    .join('selection_participants as t', 't.id', 'f.participant_id')
    .join('selection_rounds as r', 'r.id', 't.round_id')
    .where({ 'f.second_id': actor.userId ?? 0, 'f.state': 'waiting' })
    .whereIn('r.state', ['preferences', 'ranking'])
    .select('f.id', 'r.name', 'r.preferences_until')
  return rows.map((row) => ({
    id: `selection_paper:${row.id}`,
    kind: 'selection.paper',
    title: t('selection.inbox.paper'),
    detail: row.name,
    url: `/selection/papers/${row.id}`,
    due: row.preferences_until,
    blocked: false,
  }))
}

async function forThePerson(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const items: InboxItem[] = []
  for (const place of await ownPlaces(actor.personId)) {
    const round = await roundById(place.roundId)
    const url = `/selection/mine/${round.id}`
    const item = (what: string, due: string | null) => ({
      id: `selection_place:${place.id}`,
      kind: 'selection.own',
      detail: round.name,
      url,
      due,
      title: t(`selection.inbox.${what}`),
      blocked: false,
    })
    if (round.state === 'preferences' && !place.saved) {
      items.push(item('choose', round.preferencesUntil))
    }
    if (round.state === 'publicity') items.push(item('result', round.publicityUntil))
    if (['confirmation', 'arrangement'].includes(round.state) && place.answer === 'open') {
      const result = await resultOfPerson(round.matchingId, place.id)
      if (result?.postId) items.push(item('sign', round.confirmationUntil))
    }
  }
  return items
}

async function reached(actor: Actor, capability: string): Promise<RoundRow[]> {
  return (await openRounds()).filter((round) => actor.may(capability, roundTarget(round)))
}

async function askedIn(table: string, reach: RoundReach) {
  const query = db
    .from(`${table} as x`)
    .join('selection_rounds as r', 'r.id', 'x.round_id')
    .where('x.state', 'asked')
    .orderBy('x.id')
    .select('x.id', 'x.asked_by', 'x.round_id', 'r.name')
  return withinReach(query, 'r', reach)
}

async function askedPermits(reach: RoundReach) {
  const query = db
    .from('selection_permits as x')
    .join('selection_participants as t', 't.id', 'x.participant_id')
    .join('selection_rounds as r', 'r.id', 't.round_id')
    .where('x.state', 'asked')
    .orderBy('x.id')
    .select('x.id', 'x.asked_by', 't.round_id', 'r.name')
  return withinReach(query, 'r', reach)
}

function plainItem(id: string, title: string, row: { name: string }, url: string): InboxItem {
  return { id, kind: 'selection.asked', title, detail: row.name, url, due: null, blocked: false }
}

function roundItem(round: RoundRow, t: Translate, what: string, due: string | null): InboxItem {
  return {
    id: `selection_round:${round.id}:${what}`,
    kind: 'selection.round',
    title: t(`selection.inbox.${what}`, { state: ROUND_STATES.indexOf(round.state) }),
    detail: `${round.number} ${round.name}`,
    url: `/selection/rounds/${round.id}`,
    due,
    blocked: false,
  }
}
