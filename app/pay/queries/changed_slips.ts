import { setImmediate } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { inChunks, toInt } from '#shared/database'
import { changesOfSlip, type StoredLine } from '../domain/slip_changes.js'
import { computeContext } from './compute_context.js'
import { slipsOf, type ComputedCase } from './compute_slips.js'
import { casesOfMonth } from './run_cases.js'
import type { RunRow } from './runs.js'
import { inputsOf, linesOf } from './slip_lines.js'
import { slipList } from './slips.js'

/** People between whom others have their turn. */
const CHUNK = 400

export interface ChangedLine {
  slipId: number
  personId: number
  personName: string
  itemName: string
  paidFen: number
  nowFen: number
  /** What differences already say of it, refused ones left out. */
  preparedFen: number
  /** Still to be paid or taken back. */
  openFen: number
  /** Names and values that changed; null: the person is not on record for the month any more. */
  fact: string | null
}

export interface ChangedSlips {
  changes: ChangedLine[]
  /** People whose pay can't be computed today, with what is missing: nothing is said of them. */
  unknown: { slipId: number; personName: string; missing: string[] }[]
}

/**
 * Earnings of a released monthly run that the records of today would give otherwise: dated facts
 * that were entered or corrected since. Deductions and tax follow by themselves in the run that
 * takes the difference up. Nothing is written.
 */
export async function changedSlips(run: RunRow): Promise<ChangedSlips> {
  const context = await computeContext(run)
  const slips = await slipList({ runId: run.id, state: 'computed' })
  const paid = new Set(slips.map(({ personId }) => personId))
  const month = await casesOfMonth(context)
  const cases = month.cases.filter(({ personId }) => paid.has(personId))
  // whom two units would pay, or none, is on record all the same
  const unclear = new Map(
    month.conflicts.map((one) => [one.personId, [`${one.problem}|${one.units}`]])
  )
  const now = new Map<number, ComputedCase>()
  for (let from = 0; from < cases.length; from += CHUNK) {
    const piece = await slipsOf(context, cases.slice(from, from + CHUNK))
    for (const computed of piece) now.set(computed.one.personId, computed)
    await setImmediate()
  }
  const ids = slips.map(({ id }) => id)
  const lines = Map.groupBy(await linesOf(ids), ({ slipId }) => slipId)
  const inputs = await inputsOf(ids)
  const prepared = await preparedOf(ids)
  const unknown: ChangedSlips['unknown'] = []
  const changes = slips.flatMap(({ id: slipId, personId, personName }) => {
    const stored = (lines.get(slipId) ?? []).filter(isItem)
    const today = now.get(personId)
    const missing = unclear.get(personId) ?? today?.slip.missing ?? []
    if (missing.length > 0) {
      unknown.push({ slipId, personName, missing })
      return []
    }
    const said = prepared.get(slipId)
    const found = changesOfSlip(
      { lines: stored, inputs: inputs.get(slipId) ?? {} },
      today && { lines: today.slip.lines.filter(isItem), inputs: today.input.inputs },
      new Set((said ?? []).filter((one) => one.recordedFen !== 0).map(({ item }) => item))
    )
    return found.map((change) => {
      const of = said?.find(({ item }) => item === change.itemName)
      const same = change.nowFen === change.paidFen
      const preparedFen = (same ? of?.recordedFen : of?.fen) ?? 0
      return {
        slipId,
        personId,
        personName,
        ...change,
        preparedFen,
        openFen: change.nowFen - change.paidFen - preparedFen,
      }
    })
  })
  return { changes, unknown }
}

const isItem = (line: StoredLine & { side: string; differenceId: number | null }) =>
  line.side === 'earning' && line.differenceId === null

/** What differences say of each item of a slip already: all of them, and those from the records. */
async function preparedOf(slipIds: number[]) {
  const rows = await inChunks(slipIds, 400, (ids) =>
    db
      .from('pay_differences')
      .whereIn('slip_id', ids)
      .whereNot('state', 'returned')
      .groupBy('slip_id', 'item_name')
      .select('slip_id', 'item_name')
      .sum('amount_fen as fen')
      .select(db.raw('sum(case when from_records then amount_fen else 0 end) as recorded'))
  )
  const said = rows.map((row) => ({
    slipId: Number(row.slip_id),
    item: String(row.item_name),
    fen: toInt(row.fen),
    recordedFen: toInt(row.recorded),
  }))
  return Map.groupBy(said, ({ slipId }) => slipId)
}
