import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { withinUnits } from '#shared/lists/reach'
import { RELEASED, type RunState } from '../domain/runs.js'
import {
  DEFAULT_EQUAL_PAY,
  equalPay,
  type EqualPayGroup,
  type EqualPayRules,
} from '../domain/equal_pay.js'
import { EQUAL_PAY, settingOn } from './configuration.js'
import { comparableRuns, paidPeople, SAME_THING, type PaidPerson } from './paid_people.js'

export interface EqualPayReport {
  month: string
  /** Titles of the runs that are compared. */
  runs: string[]
  groups: EqualPayGroup[]
  /** Share of the front line in the incentive part, in percent; null when nothing or of too few. */
  frontLinePercent: number | null
}

/** Payment months in which both classes were paid the same thing, newest first. */
export async function payMonths(units: 'all' | number[]): Promise<string[]> {
  const query = db
    .from('pay_runs')
    .whereIn('state', [...RELEASED])
    .groupBy('pay_month', ...SAME_THING)
    .having(db.raw('count(distinct employment_type) = 2'))
    .distinct('pay_month')
    .orderBy('pay_month', 'desc')
  withinUnits(query, 'unit_id', units)
  return (await query).map((row) => row.pay_month)
}

/**
 * 同工同酬: pay of a payment month by class of posts, contract against establishment. Who is paid far
 * from the model is named for the units of `named` only.
 */
export async function equalPayOf(
  units: 'all' | number[],
  month: string,
  named: 'all' | number[] = []
): Promise<EqualPayReport> {
  const runs = await comparableRuns(units, month)
  const people = await paidPeople(runs, month)
  const rules = await rulesToday()
  const unitOf = new Map(people.map(({ personId, unitId }) => [personId, unitId]))
  const groups = equalPay(people, rules).map((group) => ({
    ...group,
    outliers: group.outliers.filter(
      ({ personId }) => named === 'all' || named.includes(unitOf.get(personId)!)
    ),
  }))
  return {
    month,
    runs: runs.map(({ title }) => title),
    groups,
    frontLinePercent: frontLineShare(people, rules),
  }
}

/** Not told when either side is so few that it would tell of somebody. */
function frontLineShare(list: readonly PaidPerson[], { minimumGroup }: EqualPayRules) {
  const sharing = list.filter(({ incentiveFen }) => incentiveFen > 0)
  const front = sharing.filter(({ frontLine }) => frontLine)
  if (Math.min(front.length, sharing.length - front.length) < minimumGroup) return null
  const sum = (of: readonly PaidPerson[]) => of.reduce((all, one) => all + one.incentiveFen, 0)
  return (sum(front) / sum(sharing)) * 100
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
  const list = await paidPeople(runs, run.payMonth)
  const changed = list.map((one) => ({
    ...one,
    payFen: one.payFen + (changes.get(one.personId) ?? 0),
  }))
  const then = new Map(equalPay(changed, rules).map(({ nature, index }) => [nature, index]))
  return equalPay(list, rules).map(({ nature, index }) => ({
    nature,
    now: index,
    then: then.get(nature) ?? null,
  }))
}

async function rulesToday() {
  return (await settingOn(EQUAL_PAY, clock.today(), DEFAULT_EQUAL_PAY)).value
}

/** States in which a run has figures. */
const COMPUTED: readonly RunState[] = ['computed', 'checked', 'approved', ...RELEASED]
