import { fundTotals } from '#funds/queries/funds'
import { tasksInTime } from '#governance/queries/in_time'
import { findPlan } from '#programme/queries/plan'
import { factsPort } from '#shared/ports/facts'

/** A value that the records themselves give, in hundredths, with the way to its rows. */
export interface Measured {
  actual: number
  done: number | null
  planned: number | null
  url: string | null
}

/** What is measured: a unit over the days of a quarter, as the records stand on `asOf`. */
export interface Span {
  unitId: number
  from: string
  to: string
  asOf: string
}

type Measure = (span: Span) => Promise<Measured | null>

/** Source of an indicator whose values people enter with origin and evidence. */
export const ENTERED = 'entered'

const FACT = 'fact:'

/** By unit; null when there is nothing to measure. */
const MEASURES: Record<string, Measure> = {
  /** Parts of tasks that were owed in the quarter, and those handed in by their day. */
  async tasks_in_time({ unitId, from, to }) {
    const { owed, inTime } = await tasksInTime(unitId, { from, to })
    return counted(inTime, owed, `/units/${unitId}`)
  },
  /** Items with a fixed date in the quarter that the unit leads, and those finished by it. */
  async milestones_in_time({ unitId, from, to }) {
    const plan = await findPlan()
    const owed = (plan?.items ?? []).filter(
      ({ leadUnitId, fixedOn }) =>
        leadUnitId === unitId && fixedOn && fixedOn >= from && fixedOn <= to
    )
    const kept = owed.filter(({ fixedOn, finishedOn }) => finishedOn && finishedOn <= fixedOn!)
    return counted(kept.length, owed.length, `/programme?unit=${unitId}`)
  },
  async fund_execution({ unitId, to }) {
    const year = Number(to.slice(0, 4))
    const { released, paid } = await fundTotals({ units: [unitId], year })
    if (released === 0) return null
    return { actual: percent(paid, released), done: null, planned: null, url: '/funds' }
  },
}

/** Every source that an indicator may name: entered, measures by unit, facts of the whole reform. */
export function sourceCodes(): string[] {
  return [ENTERED, ...Object.keys(MEASURES), ...factsPort.codes().map((code) => FACT + code)]
}

/** Translation key of a source. */
export function sourceLabel(source: string): string {
  if (!source.startsWith(FACT)) return `assessment.sources.${source}`
  const [module, name] = source.slice(FACT.length).split('.')
  return `${module}.facts.${name}`
}

/** What the records say; null when they have nothing to count, so that the indicator does not apply. */
export async function measure(source: string, span: Span): Promise<Measured | null> {
  if (!source.startsWith(FACT)) return (await MEASURES[source]?.(span)) ?? null
  const fact = await factsPort.read(source.slice(FACT.length), span.asOf)
  if (!fact) return null
  return counted(fact.done, fact.planned, fact.url)
}

function counted(done: number, planned: number, url: string | null): Measured | null {
  return planned === 0 ? null : { actual: percent(done, planned), done, planned, url }
}

/** Per cent in hundredths, rounded half up. */
function percent(part: number, of: number): number {
  return Number((BigInt(part) * 20_000n + BigInt(of)) / (BigInt(of) * 2n))
}
