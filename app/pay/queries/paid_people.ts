import db from '@adonisjs/lucid/services/db'
import { isGrade, levelOf } from '#organization/domain/grades'
import { postValuesOn } from '#performance/queries/post_values'
import { resultsForPay, type ResultForPay } from '#performance/queries/results_for_pay'
import { toInt } from '#shared/database'
import { withinUnits } from '#shared/lists/reach'
import { RELEASED, type RunState } from '../domain/runs.js'
import type { EqualPayPerson } from '../domain/equal_pay.js'
import { lastDayOf } from './run_people.js'

/** Somebody who was paid all that is compared, by the unit named. */
export interface PaidPerson extends EqualPayPerson {
  unitId: number
  /** Of the incentive part, in fen. */
  incentiveFen: number
  /** By the card that the incentive part was shared out by. */
  frontLine: boolean
  things: Set<string>
}

export interface ComparedRun {
  id: number
  title: string
  thing: string
  cycleId: number | null
  monthTo: string
}

/** Runs that say this alike pay the same thing: the wage of a month, the incentive part of a quarter. */
export const SAME_THING = ['kind', 'month_from', 'month_to'] as const
const thingOf = (run: any) => SAME_THING.map((name) => run[name]).join(' ')

/**
 * Runs of a payment month that pay both classes the same thing: like is compared with like, and a
 * wage that only one side has had so far would look like a gap.
 */
export async function comparableRuns(
  units: 'all' | number[],
  month: string,
  states: readonly RunState[] = RELEASED
): Promise<ComparedRun[]> {
  const query = db
    .from('pay_runs')
    .where('pay_month', month)
    .whereIn('state', [...states])
    .orderBy('id')
    .select('id', 'title', 'cycle_id', 'employment_type', ...SAME_THING)
  withinUnits(query, 'unit_id', units)
  const things = Map.groupBy(await query, thingOf)
  return [...things]
    .filter(([, list]) => new Set(list.map((row) => row.employment_type)).size > 1)
    .flatMap(([thing, list]) =>
      list.map((row) => ({
        id: Number(row.id),
        title: row.title,
        thing,
        monthTo: row.month_to,
        cycleId: row.cycle_id === null ? null : Number(row.cycle_id),
      }))
    )
}

/**
 * Who was paid all that is compared: a part of it would look like a gap. Leaders' amounts come from
 * the supervising body: they compare with nobody's. What a person's post is worth and how the work
 * was judged are read where pay reads them: from the card of the cycle, without one from the post.
 */
export async function paidPeople(
  runs: readonly ComparedRun[],
  month: string
): Promise<PaidPerson[]> {
  if (runs.length === 0) return []
  const leaders = db.from('pay_leader_amounts').whereColumn('run_id', 'r.id')
  const rows = await db
    .from('pay_slips as s')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .join('persons as p', 'p.id', 's.person_id')
    .where('s.state', 'computed')
    .whereIn(
      'r.id',
      runs.map(({ id }) => id)
    )
    .whereNotExists(leaders.whereColumn('person_id', 's.person_id'))
    .select('s.person_id', 's.nature', 's.grade', 's.gross_fen', 's.drawn_fen')
    .select('r.unit_id', 'r.employment_type', 'p.name', 'p.work_started_on')
    .select(SAME_THING.map((name) => `r.${name}`))
    .orderBy('s.person_id')
    .orderBy('s.id')
  const cards = await cardsOf(runs)
  const worthOf = await worthOfPosts(runs)
  const people = new Map<number, PaidPerson>()
  for (const row of rows) {
    const id = Number(row.person_id)
    const one = people.get(id) ?? personOf(row, month, cards.get(id), worthOf(id))
    one.things.add(thingOf(row))
    one.payFen += toInt(row.gross_fen)
    if (row.kind === 'incentive') one.incentiveFen += toInt(row.drawn_fen)
    if (isGrade(row.grade)) one.gradeLevel ??= levelOf(row.grade)
    people.set(id, one)
  }
  const things = new Set(runs.map(({ thing }) => thing))
  return [...people.values()].filter((one) => one.things.size === things.size)
}

function personOf(
  row: any,
  month: string,
  card: ResultForPay | undefined,
  worth: string | null
): PaidPerson {
  const value = card?.coefficient ?? worth
  return {
    personId: Number(row.person_id),
    unitId: Number(row.unit_id),
    name: row.name,
    nature: row.nature ?? 'administrative',
    contract: row.employment_type === 'contract',
    payFen: 0,
    incentiveFen: 0,
    gradeLevel: null,
    postValue: value === null ? null : Number(value),
    score: card?.score ? Number(card.score) : null,
    frontLine: card?.frontLine ?? false,
    years: row.work_started_on
      ? Number(month.slice(0, 4)) - Number(row.work_started_on.slice(0, 4))
      : null,
    things: new Set(),
  }
}

/** The cards that the compared runs were shared out by. */
async function cardsOf(runs: readonly ComparedRun[]): Promise<Map<number, ResultForPay>> {
  const cards = new Map<number, ResultForPay>()
  for (const cycleId of new Set(runs.map((run) => run.cycleId))) {
    if (cycleId === null) continue
    const { results } = await resultsForPay(cycleId)
    for (const result of results) cards.set(result.personId, result)
  }
  return cards
}

/** Coefficient of the post that somebody held at the end of the months paid. */
async function worthOfPosts(runs: readonly ComparedRun[]) {
  const day = lastDayOf(
    runs
      .map(({ monthTo }) => monthTo)
      .sort()
      .at(-1)!
  )
  const held = await db
    .from('assignments')
    .where({ kind: 'main', live: 1 })
    .whereNotNull('post_id')
    .where('valid_from', '<=', day)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', day))
    .whereIn(
      'person_id',
      db
        .from('pay_slips')
        .whereIn(
          'run_id',
          runs.map(({ id }) => id)
        )
        .select('person_id')
    )
    .select('person_id', 'post_id')
  const posts = new Map(held.map((row) => [Number(row.person_id), Number(row.post_id)]))
  const valueOf = await postValuesOn(day)
  return (personId: number) => valueOf(posts.get(personId) ?? null)?.coefficient ?? null
}
