import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { linesOf } from './slip_lines.js'
import { previousRun, type RunRow } from './runs.js'

export interface ComparedPerson {
  slipId: number
  personId: number
  name: string
  before: number | null
  now: number | null
  /** Lines that differ, largest first. */
  reasons: { name: string; before: number; now: number }[]
}

/**
 * People whose gross pay differs from the previous run of the same kind by at least `percent`,
 * joiners and leavers too, each with the lines that make the difference.
 */
export async function compareWithPrevious(run: RunRow, percent: number) {
  const previous = await previousRun(run)
  if (!previous) return { previous, people: [] as ComparedPerson[] }
  const [now, before] = [await grossOf(run), await grossOf(previous)]
  const ids = new Set([...now.keys(), ...before.keys()])
  const people: ComparedPerson[] = []
  for (const personId of ids) {
    const one = now.get(personId)
    const other = before.get(personId)
    if (one && other && Math.abs(one.gross - other.gross) * 100 < percent * Math.abs(other.gross))
      continue
    people.push({
      ...{ slipId: (one ?? other)!.slipId, personId, name: (one ?? other)!.name },
      ...{ before: other?.gross ?? null, now: one?.gross ?? null, reasons: [] },
    })
  }
  people.sort(
    (a, b) => Math.abs((b.now ?? 0) - (b.before ?? 0)) - Math.abs((a.now ?? 0) - (a.before ?? 0))
  )
  const shown = people.slice(0, 200)
  await explain(shown, now, before)
  return { previous, people: shown }
}

async function explain(people: ComparedPerson[], now: Grosses, before: Grosses) {
  const slips = (list: Grosses) =>
    people.flatMap(({ personId }) => list.get(personId)?.slipId ?? [])
  const byslip = Map.groupBy(
    await linesOf([...slips(now), ...slips(before)]),
    ({ slipId }) => slipId
  )
  for (const person of people) {
    const sums = (slipId: number | undefined) => {
      const earnings = (slipId ? (byslip.get(slipId) ?? []) : []).filter(
        ({ side }) => side === 'earning'
      )
      return new Map(earnings.map((line) => [line.name, line.amountFen]))
    }
    const one = sums(now.get(person.personId)?.slipId)
    const other = sums(before.get(person.personId)?.slipId)
    person.reasons = [...new Set([...one.keys(), ...other.keys()])]
      .map((name) => ({ name, now: one.get(name) ?? 0, before: other.get(name) ?? 0 }))
      .filter((row) => row.now !== row.before)
      .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))
  }
}

type Grosses = Map<number, { slipId: number; name: string; gross: number }>

async function grossOf(run: RunRow): Promise<Grosses> {
  const rows = await db
    .from('pay_slips as s')
    .join('persons as p', 'p.id', 's.person_id')
    .where({ 's.run_id': run.id, 's.compute_no': run.computedNo ?? -1, 's.state': 'computed' })
    .orderBy('p.name_pinyin')
    .select('s.id', 's.person_id', 's.gross_fen', 'p.name')
  return new Map(
    rows.map((row) => [
      Number(row.person_id),
      { slipId: Number(row.id), name: row.name, gross: toInt(row.gross_fen) },
    ])
  )
}
