import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { changesOfSlip, type SlipChange } from '../domain/slip_changes.js'
import { runsOfPeriod, previousPeriod, type RunRow } from './runs.js'
import { inputsOf, linesOf } from './slip_lines.js'

export interface ComparedPerson {
  slipId: number
  personId: number
  name: string
  before: number | null
  now: number | null
  /** Items that differ, largest first, each with the facts that changed. */
  reasons: SlipChange[]
}

const MOST = 200

/**
 * People whose gross pay differs from the previous period by at least `percent`, who came and who
 * left too, each with the items and facts that make the difference. A period may have several runs:
 * who was set aside in one is paid by the next, so all that were released count together.
 */
export async function compareWithPrevious(run: RunRow, percent: number) {
  const previous = await previousPeriod(run)
  const [first] = previous
  if (!first) return { previous: null, people: [] as ComparedPerson[], hidden: 0 }
  const [now, before] = [await grossOf([run]), await grossOf(previous)]
  const paidBeside = await grossOf((await runsOfPeriod(run)).filter(({ id }) => id !== run.id))
  const people: ComparedPerson[] = []
  for (const personId of new Set([...now.keys(), ...before.keys()])) {
    const one = now.get(personId)
    const other = before.get(personId)
    if (!one && paidBeside.has(personId)) continue
    if (one && other && Math.abs(one.gross - other.gross) * 100 < percent * Math.abs(other.gross))
      continue
    people.push({
      slipId: (one ?? other)!.slipId,
      personId,
      name: (one ?? other)!.name,
      before: other?.gross ?? null,
      now: one?.gross ?? null,
      reasons: [],
    })
  }
  const change = (one: ComparedPerson) => Math.abs((one.now ?? 0) - (one.before ?? 0))
  people.sort((one, other) => change(other) - change(one))
  const shown = people.slice(0, MOST)
  await explain(shown, now, before)
  return { previous: first, people: shown, hidden: people.length - shown.length }
}

/** What differs of those who were paid both times. */
async function explain(people: ComparedPerson[], now: Grosses, before: Grosses) {
  const both = people.filter((one) => one.before !== null && one.now !== null)
  const ids = both.flatMap(({ personId }) => [
    now.get(personId)!.slipId,
    before.get(personId)!.slipId,
  ])
  const lines = Map.groupBy(await linesOf(ids), ({ slipId }) => slipId)
  const inputs = await inputsOf(ids)
  const side = (slipId: number) => ({
    lines: (lines.get(slipId) ?? []).filter((line) => line.side === 'earning'),
    inputs: inputs.get(slipId) ?? {},
  })
  for (const person of both) {
    const [one, other] = [now.get(person.personId)!, before.get(person.personId)!]
    const size = ({ paidFen, nowFen }: SlipChange) => Math.abs(nowFen - paidFen)
    person.reasons = changesOfSlip(side(other.slipId), side(one.slipId)).sort(
      (a, b) => size(b) - size(a)
    )
  }
}

type Grosses = Map<number, { slipId: number; name: string; gross: number }>

async function grossOf(runs: readonly RunRow[]): Promise<Grosses> {
  const people: Grosses = new Map()
  for (const run of runs) {
    const rows = await db
      .from('pay_slips as s')
      .join('persons as p', 'p.id', 's.person_id')
      .where({ 's.run_id': run.id, 's.compute_no': run.computedNo ?? -1, 's.state': 'computed' })
      .orderBy('p.name_pinyin')
      .select('s.id', 's.person_id', 's.gross_fen', 'p.name')
    for (const row of rows) {
      const slip = { slipId: Number(row.id), name: row.name, gross: toInt(row.gross_fen) }
      people.set(Number(row.person_id), slip)
    }
  }
  return people
}
