import db from '@adonisjs/lucid/services/db'
import { resultsForPay } from '#performance/queries/results_for_pay'
import { postKey, type DistributionSettings } from '../domain/distribution.js'
import { computeContext } from './compute_context.js'
import { slipsOf } from './compute_slips.js'
import { equalPayIndexes } from './equal_pay.js'
import { runCases } from './run_cases.js'
import type { RunRow } from './runs.js'

/** The slip of one person of a run as it would be computed now; nothing is written. Null: not in it. */
export async function previewPerson(run: RunRow, personId: number) {
  const context = await computeContext(run)
  const all = await runCases(context)
  const one = (await all.slice(0, all.people)).find((item) => item.personId === personId)
  if (!one) return null
  const [computed] = await slipsOf(context, [one])
  return computed
}

export interface WhatIf {
  people: {
    personId: number
    name: string
    employmentNature: string | null
    now: number
    then: number
  }[]
  natures: WhatIfNature[]
  /** Posts of the people with the coefficient on record. */
  posts: { key: string; name: string; people: number; coefficient: string }[]
  reserveNow: number
  reserveThen: number
}

interface WhatIfNature {
  nature: string
  people: number
  now: number
  then: number
  /** Contract to establishment in percent of all pay of the month; null below the minimum group. */
  index: { now: number | null; then: number | null }
}

/**
 * How an incentive run would share out with other coefficients, formulas, tilt or limits; compared by
 * person and class of posts with what is computed, with the index of equal pay. Never touches real figures.
 */
export async function whatIf(run: RunRow, settings: DistributionSettings): Promise<WhatIf> {
  const other = { ...run, settings: { ...run.settings, distribution: settings } }
  const { distribution, ...all } = await runCases(await computeContext(other))
  const cases = await all.slice(0, all.people)
  const rows = await db
    .from('pay_lines as l')
    .join('pay_slips as s', 's.id', 'l.slip_id')
    .where({ 's.run_id': run.id, 's.compute_no': run.computedNo ?? -1 })
    .where('l.code', 'incentive')
    .select('s.person_id', 'l.amount_fen')
  const now = new Map(rows.map((row) => [Number(row.person_id), Number(row.amount_fen)]))
  const people = cases.flatMap((one) => {
    const share = distribution?.shares.get(one.personId)
    if (!share) return []
    return [
      {
        personId: one.personId,
        name: one.name,
        employmentNature: one.nature,
        now: now.get(one.personId) ?? 0,
        then: share.amountFen,
      },
    ]
  })
  const changes = new Map(people.map((one) => [one.personId, one.then - one.now]))
  const indexes = await equalPayIndexes(run, changes)
  const natures = [
    ...Map.groupBy(people, ({ employmentNature }) => employmentNature ?? 'administrative'),
  ]
    .map(([nature, list]) => ({
      nature,
      people: list.length,
      now: list.reduce((sum, one) => sum + one.now, 0),
      then: list.reduce((sum, one) => sum + one.then, 0),
      index: indexes.find((one) => one.nature === nature) ?? { now: null, then: null },
    }))
    .sort((a, b) => (a.nature < b.nature ? -1 : 1))
  people.sort((a, b) => Math.abs(b.then - b.now) - Math.abs(a.then - a.now))
  const reserve = { reserveNow: run.reserveFen, reserveThen: distribution?.reserveFen ?? 0 }
  return { people, natures, posts: await postsOf(run), ...reserve }
}

async function postsOf(run: RunRow): Promise<WhatIf['posts']> {
  const { results } = await resultsForPay(run.cycleId!)
  const posts = Map.groupBy(
    results.filter((one) => one.employmentType === run.employmentType && one.coefficient),
    ({ nature, postName }) => postKey(nature, postName)
  )
  return [...posts]
    .map(([key, list]) => ({
      key,
      name: list[0].postName ?? '—',
      people: list.length,
      coefficient: list[0].coefficient!,
    }))
    .sort((a, b) => b.people - a.people || (a.key < b.key ? -1 : 1))
}
