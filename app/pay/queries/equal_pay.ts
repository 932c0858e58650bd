import db from '@adonisjs/lucid/services/db'
import { levelOf, isGrade } from '#organization/domain/grades'
import { clock } from '#shared/clock'
import { toInt } from '#shared/database'
import { RELEASED, type RunState } from '../domain/runs.js'
import {
  DEFAULT_EQUAL_PAY,
  equalPay,
  type EqualPayGroup,
  type EqualPayPerson,
  type EqualPayRules,
} from '../domain/equal_pay.js'
import { EQUAL_PAY, settingOn } from './configuration.js'

export interface EqualPayReport {
  month: string
  /** Titles of the runs that are compared. */
  runs: string[]
  groups: EqualPayGroup[]
  /** Share of the front line in what was drawn, in percent; null when nothing or of too few. */
  frontLinePercent: number | null
}

type PaidPerson = EqualPayPerson & { front: number; drawn: number; things: Set<string> }

/** Payment months in which both classes were paid the same thing, newest first. */
export async function payMonths(units: 'all' | number[]): Promise<string[]> {
  const query = db
    .from('pay_runs')
    .whereIn('state', [...RELEASED])
    .groupBy('pay_month', ...SAME_THING)
    .having(db.raw('count(distinct employment_type) = 2'))
    .distinct('pay_month')
    .orderBy('pay_month', 'desc')
    .limit(24)
  if (units !== 'all') query.whereIn('unit_id', units.length ? units : [-1])
  return (await query).map((row) => row.pay_month)
}

/** Runs that say this alike pay the same thing: the wage of a month, the incentive part of a quarter. */
const SAME_THING = ['kind', 'month_from', 'month_to'] as const
const thingOf = (run: any) => SAME_THING.map((name) => run[name]).join(' ')

/**
 * Runs of a payment month that pay both classes the same thing: like is compared with like, and a
 * wage that only one side has had so far would look like a gap.
 */
async function comparableRuns(
  units: 'all' | number[],
  month: string,
  states: readonly RunState[]
): Promise<{ id: number; title: string; thing: string }[]> {
  const query = db
    .from('pay_runs')
    .where('pay_month', month)
    .whereIn('state', [...states])
    .orderBy('id')
    .select('id', 'title', 'employment_type', ...SAME_THING)
  if (units !== 'all') query.whereIn('unit_id', units.length ? units : [-1])
  const things = Map.groupBy(await query, thingOf)
  return [...things]
    .filter(([, list]) => new Set(list.map((row) => row.employment_type)).size > 1)
    .flatMap(([thing, list]) => list.map(({ id, title }) => ({ id: Number(id), title, thing })))
}

/** 同工同酬: pay of a payment month by class of posts, contract against establishment. */
export async function equalPayOf(units: 'all' | number[], month: string): Promise<EqualPayReport> {
  const runs = await comparableRuns(units, month, RELEASED)
  const list = await peoplePaid(runs, month)
  const rules = await rulesToday()
  return {
    ...{ month, runs: runs.map(({ title }) => title), groups: equalPay(list, rules) },
    frontLinePercent: frontLineShare(list, rules),
  }
}

/** Not told when either side is so few that it would tell of somebody. */
function frontLineShare(list: readonly PaidPerson[], { minimumGroup }: EqualPayRules) {
  const sharing = list.filter(({ drawn }) => drawn > 0)
  const front = sharing.filter((one) => one.front > 0)
  if (Math.min(front.length, sharing.length - front.length) < minimumGroup) return null
  const sum = (of: 'front' | 'drawn') => sharing.reduce((whole, one) => whole + one[of], 0)
  return (sum('front') / sum('drawn')) * 100
}

/**
 * Index of equal pay by class of posts in the payment month of a run, over all that is computed for
 * the unit in it: as it stands, and with other amounts of some people.
 */
export async function equalPayIndexes(
  run: { unitId: number; payMonth: string },
  changes: ReadonlyMap<number, number>
): Promise<{ nature: string; now: number | null; then: number | null }[]> {
  const rules = await rulesToday()
  const runs = await comparableRuns([run.unitId], run.payMonth, COMPUTED)
  const list = await peoplePaid(runs, run.payMonth)
  const changed = list.map((one) => ({
    ...one,
    payFen: one.payFen + (changes.get(one.personId) ?? 0),
  }))
  const then = new Map(equalPay(changed, rules).map(({ nature, index }) => [nature, index]))
  return equalPay(list, rules).map(({ nature, index }) => ({
    ...{ nature, now: index, then: then.get(nature) ?? null },
  }))
}

async function rulesToday() {
  return (await settingOn(EQUAL_PAY, clock.today(), DEFAULT_EQUAL_PAY)).value
}

/** States in which a run has figures. */
const COMPUTED: readonly RunState[] = ['computed', 'checked', 'approved', ...RELEASED]

/**
 * Who was paid all that is compared: a part of it would look like a gap. Leaders' amounts come from
 * the supervising body: they compare with nobody's.
 */
async function peoplePaid(runs: readonly { id: number; thing: string }[], month: string) {
  const leaders = db.from('pay_leader_amounts').whereColumn('run_id', 'r.id')
  const rows = await db
    .from('pay_slips as s')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .join('persons as p', 'p.id', 's.person_id')
    .where('s.state', 'computed')
    .whereIn('r.id', runs.length ? runs.map(({ id }) => id) : [-1])
    .whereNotExists(leaders.whereColumn('person_id', 's.person_id'))
    .select('s.person_id', 's.nature', 's.grade', 's.gross_fen', 's.drawn_fen', 's.inputs')
    .select('r.employment_type', 'p.name', 'p.work_started_on')
    .select(SAME_THING.map((name) => `r.${name}`))
    .orderBy('s.person_id')
  const people = new Map<number, PaidPerson>()
  for (const row of rows) add(people, row, month)
  const things = new Set(runs.map(({ thing }) => thing))
  return [...people.values()].filter((one) => one.things.size === things.size)
}

function add(people: Map<number, any>, row: any, month: string) {
  const id = Number(row.person_id)
  const values = JSON.parse(row.inputs).inputs as Record<string, { value: string }>
  const number = (name: string) => (values[name] ? Number(values[name].value) : null)
  const known = people.get(id) ?? {
    personId: id,
    name: row.name,
    nature: row.nature ?? 'administrative',
    contract: row.employment_type === 'contract',
    ...{ payFen: 0, postValue: null, score: null, gradeLevel: null, front: 0, drawn: 0 },
    things: new Set<string>(),
    years: row.work_started_on
      ? Number(month.slice(0, 4)) - Number(row.work_started_on.slice(0, 4))
      : null,
  }
  known.things.add(thingOf(row))
  known.payFen += toInt(row.gross_fen)
  known.drawn += toInt(row.drawn_fen)
  if (row.nature === 'editorial') known.front += toInt(row.drawn_fen)
  known.postValue ??= number('岗位系数')
  known.score ??= number('质量分')
  if (isGrade(row.grade)) known.gradeLevel ??= levelOf(row.grade)
  people.set(id, known)
}
