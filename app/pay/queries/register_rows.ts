import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import type { RunRow } from './runs.js'

const CHUNK = 400

/** A column of the register: an item, or all differences of one name. */
export interface ItemColumn {
  /** Null: differences. */
  code: string | null
  name: string
}

export interface RegisterPerson {
  name: string
  departmentName: string | null
  postName: string | null
  accountMasked: string | null
  /** Earnings, deductions, tax, net pay, employer's part. */
  sums: [number, number, number, number, number]
  /** One a column of the items; null: the person has no such line. */
  amounts: (number | null)[]
}

/** Columns of what was computed, in the order of the items; tax is among the sums. */
export async function itemColumns(run: RunRow): Promise<ItemColumn[]> {
  const rows = await db
    .from('pay_lines as l')
    .join('pay_slips as s', 's.id', 'l.slip_id')
    .where(ofRun(run))
    .whereNot('l.side', 'tax')
    .groupBy('l.code', 'l.name')
    .select('l.code', 'l.name')
    .min('l.order_no as order_no')
    .orderBy('order_no')
    .orderBy('l.code')
  const columns = new Map<string, ItemColumn>()
  for (const { code, name } of rows) {
    const difference = code.startsWith('difference_')
    const key = difference ? `difference ${name}` : code
    if (!columns.has(key)) columns.set(key, { code: difference ? null : code, name })
  }
  return [...columns.values()]
}

/** Slips of a run by department and name. */
export async function registerSlips(run: RunRow): Promise<number[]> {
  const ordered = await db
    .from('pay_slips as s')
    .join('persons as p', 'p.id', 's.person_id')
    .where(ofRun(run))
    .orderBy('s.department_name')
    .orderBy('p.name_pinyin')
    .orderBy('s.id')
    .select('s.id')
  return ordered.map(({ id }) => Number(id))
}

/**
 * People of a run by department and name with their amounts. Some hundreds are read at a time and
 * none is kept: a run may have hundreds of thousands.
 */
export async function* registerPeople(
  run: RunRow,
  columns: readonly ItemColumn[]
): AsyncGenerator<RegisterPerson> {
  const ids = await registerSlips(run)
  for (let from = 0; from < ids.length; from += CHUNK) {
    yield* await peopleOf(ids.slice(from, from + CHUNK), columns)
  }
}

/** One row a person: the database turns lines into columns. */
async function peopleOf(ids: number[], columns: readonly ItemColumn[]): Promise<RegisterPerson[]> {
  const query = db
    .from('pay_slips as s')
    .join('persons as p', 'p.id', 's.person_id')
    .leftJoin('pay_lines as l', 'l.slip_id', 's.id')
    .whereIn('s.id', ids)
    .groupBy('s.id', 's.department_name', 's.post_name', 's.account_masked', 'p.name')
    .groupBy('s.gross_fen', 's.deduction_fen', 's.tax_fen', 's.net_fen', 's.employer_fen')
    .select('s.id', 's.department_name', 's.post_name', 's.account_masked', 'p.name')
    .select('s.gross_fen', 's.deduction_fen', 's.tax_fen', 's.net_fen', 's.employer_fen')
  for (const [index, { code, name }] of columns.entries()) {
    const named =
      code === null ? ["l.code like 'difference%' and l.name = ?", name] : ['l.code = ?', code]
    query.select(
      db.raw(`sum(case when ${named[0]} then l.amount_fen end) as c${index}`, [named[1]])
    )
  }
  const byId = new Map((await query).map((row) => [Number(row.id), row]))
  return ids.map((id) => {
    const row = byId.get(id)
    const fen = (name: string) => toInt(row[`${name}_fen`])
    return {
      name: row.name,
      departmentName: row.department_name,
      postName: row.post_name,
      accountMasked: row.account_masked,
      amounts: columns.map((_, index) =>
        row[`c${index}`] === null ? null : toInt(row[`c${index}`])
      ),
      sums: [fen('gross'), fen('deduction'), fen('tax'), fen('net'), fen('employer')],
    }
  })
}

const ofRun = (run: RunRow) => ({
  's.run_id': run.id,
  's.compute_no': run.computedNo ?? -1,
  's.state': 'computed',
})
