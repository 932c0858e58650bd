import { sha256 } from '#shared/crypto'
import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { bookOf } from '../domain/items.js'
import { distribute, DEFAULT_DISTRIBUTION } from '../domain/distribution.js'
import { computeSlip, type SlipInput, type TaxRules } from '../domain/slip.js'
import { hashedText } from '../domain/trace_hash.js'
import { itemById, type ItemRow } from './items.js'
import { runById, type RunRow } from './runs.js'

export interface Difference {
  slipId: number | null
  where: string
  stored: string
  computed: string
}

/**
 * Computes every line of a run again from what the slips keep (inputs, tax figures, item formulas)
 * and compares to the fen and to the letter; an incentive run's allocation as a whole.
 */
export async function verifyRun(
  runId: number
): Promise<{ run: RunRow; slips: number; lines: number; differences: Difference[] }> {
  const run = await runById(runId)
  const differences: Difference[] = []
  const slips = await db
    .from('pay_slips')
    .where({ run_id: run.id, compute_no: run.computedNo ?? -1, state: 'computed' })
    .orderBy('id')
  const { rules } = run.settings
  const items = new Map<number, ItemRow>()
  let count = 0
  const sums: Record<string, number> = {}
  for (let from = 0; from < slips.length; from += 400) {
    const piece = slips.slice(from, from + 400)
    const lines = await db
      .from('pay_lines')
      .whereIn(
        'slip_id',
        piece.map(({ id }) => id)
      )
      .orderBy('slip_id')
      .orderBy('order_no')
      .orderBy('code')
    count += lines.length
    for (const id of new Set(lines.map((row) => row.item_id).filter(Boolean))) {
      if (!items.has(Number(id))) items.set(Number(id), await itemById(Number(id)))
    }
    const bySlip = Map.groupBy(lines, (row) => Number(row.slip_id))
    for (const slip of piece) {
      const own = bySlip.get(Number(slip.id)) ?? []
      for (const name of SUMS) sums[name] = (sums[name] ?? 0) + toInt(slip[`${name}_fen`])
      differences.push(...verifySlip(slip, own, items, rules!))
    }
  }
  for (const name of SUMS) {
    const stored = run[`${name}Fen`]
    if (stored !== (sums[name] ?? 0)) {
      differences.push({
        slipId: null,
        where: `run.${name}_fen`,
        stored: String(stored),
        computed: String(sums[name] ?? 0),
      })
    }
  }
  if (run.kind === 'incentive') differences.push(...verifyShares(run, slips))
  return { run, slips: slips.length, lines: count, differences }
}

const SUMS = ['gross', 'deduction', 'tax', 'net', 'employer', 'drawn'] as const

function verifySlip(
  slip: any,
  lines: any[],
  items: Map<number, ItemRow>,
  rules: TaxRules
): Difference[] {
  const differences: Difference[] = []
  const differ = (where: string, stored: unknown, computed: unknown) => {
    if (String(stored) !== String(computed)) {
      differences.push({
        slipId: Number(slip.id),
        where,
        stored: String(stored),
        computed: String(computed),
      })
    }
  }
  const rows = lines.map((row) => ({
    orderNo: Number(row.order_no),
    code: row.code,
    name: row.name,
    side: row.side,
    amountFen: toInt(row.amount_fen),
    trace: row.trace as string,
  }))
  differ('hash', slip.hash, sha256(hashedText(slip.inputs, inOrder(rows))))
  const input = inputOf(slip)
  if (!input) {
    differ('inputs', 'unreadable', 'JSON')
    return differences
  }
  try {
    const used = lines.flatMap((row) => (row.item_id ? [items.get(Number(row.item_id))!] : []))
    const { formulas, order } = bookOf(used, parameterNames(input))
    const again = computeSlip({ items: used, formulas, order }, rules, input)
    for (const line of again.lines) {
      const stored = rows.find(({ code }) => code === line.code)
      differ(line.name, stored?.amountFen ?? 'absent', line.amountFen)
      differ(`${line.name} trace`, stored?.trace, JSON.stringify(line.trace))
    }
    if (again.lines.length !== rows.length) differ('lines', rows.length, again.lines.length)
    for (const name of SUMS) differ(name, toInt(slip[`${name}_fen`]), again[name])
  } catch (error) {
    differ('formula', 'not computable', (error as Error).message)
  }
  return differences
}

function inputOf(slip: any): SlipInput | null {
  try {
    return JSON.parse(slip.inputs)
  } catch {
    return null
  }
}

/** Every value of the slip that is no name of a person's own: the dated parameters. */
function parameterNames({ inputs }: SlipInput): string[] {
  return Object.entries(inputs)
    .filter(([, { source }]) => source.startsWith('parameter'))
    .map(([name]) => name)
}

const inOrder = <T extends { orderNo: number; code: string }>(rows: T[]) =>
  rows.toSorted((a, b) => a.orderNo - b.orderNo || (a.code < b.code ? -1 : 1))

/** Shares the pool of an incentive run out again, over the people who have a share. */
function verifyShares(run: RunRow, slips: any[]): Difference[] {
  const people: { personId: number; departmentId: number | null; inputs: SlipInput['inputs'] }[] =
    []
  const stored = new Map<number, { slipId: number; fen: number; poolFen: number }>()
  for (const slip of slips) {
    const input = inputOf(slip)
    // reported already; without it the others can not be shared out again
    if (!input) return []
    const share = input.fixed.find(({ code }) => code === 'incentive')
    if (!share) continue
    const personId = Number(slip.person_id)
    people.push({ personId, departmentId: null, inputs: input.inputs })
    stored.set(personId, {
      slipId: Number(slip.id),
      fen: share.amountFen,
      poolFen: Number(share.trace.poolFen),
    })
  }
  if (people.length === 0) return []
  const poolFen = [...stored.values()][0].poolFen
  const { shares, reserveFen } = distribute(
    poolFen,
    people,
    run.settings.distribution ?? DEFAULT_DISTRIBUTION
  )
  const differences: Difference[] = []
  for (const [personId, { slipId, fen }] of stored) {
    const computed = shares.get(personId)!.amountFen
    if (computed !== fen)
      differences.push({
        slipId,
        where: 'incentive',
        stored: String(fen),
        computed: String(computed),
      })
  }
  if (reserveFen !== run.reserveFen) {
    differences.push({
      slipId: null,
      where: 'reserve',
      stored: String(run.reserveFen),
      computed: String(reserveFen),
    })
  }
  return differences
}

/** A run by its number or id. */
export async function findRun(text: string): Promise<number | null> {
  const row = await db
    .from('pay_runs')
    .where((any) => {
      any.where('number', text)
      if (/^\d+$/.test(text)) any.orWhere('id', Number(text))
    })
    .first()
  return row ? Number(row.id) : null
}
