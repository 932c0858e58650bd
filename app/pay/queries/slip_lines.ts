import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks, toInt, type Row } from '#shared/database'
import type { Inputs } from '../domain/slip.js'

export interface LineRow {
  id: number
  slipId: number
  orderNo: number
  code: string
  name: string
  side: 'earning' | 'deduction' | 'employer' | 'tax'
  amountFen: number
  itemId: number | null
  differenceId: number | null
  trace: any
}

export async function linesOf(slipIds: number[], client: Client = db): Promise<LineRow[]> {
  const lines: LineRow[] = []
  for (let from = 0; from < slipIds.length; from += 400) {
    const rows = await client
      .from('pay_lines')
      .whereIn('slip_id', slipIds.slice(from, from + 400))
      .orderBy('slip_id')
      .orderBy('order_no')
      .orderBy('code')
    lines.push(...rows.map(lineOf))
  }
  return lines
}

/** The values that the formulas of some slips could read, each with its source. */
export async function inputsOf(slipIds: number[]): Promise<Map<number, Inputs>> {
  const rows = await inChunks(slipIds, 400, (ids) =>
    db.from('pay_slips').whereIn('id', ids).select('id', 'inputs')
  )
  return new Map(rows.map((row) => [Number(row.id), JSON.parse(row.inputs).inputs]))
}

/** Who looked at a slip, newest first. */
export async function viewsOf(slipId: number) {
  const rows = await db.from('payslip_views').where('slip_id', slipId).orderBy('id', 'desc')
  return rows.map((row) => ({
    userName: row.user_name as string,
    surface: row.surface as string,
    seenAt: row.seen_at as string,
  }))
}

function lineOf(row: Row): LineRow {
  return {
    id: Number(row.id),
    slipId: Number(row.slip_id),
    orderNo: Number(row.order_no),
    code: row.code,
    name: row.name,
    side: row.side,
    amountFen: toInt(row.amount_fen),
    itemId: row.item_id === null ? null : Number(row.item_id),
    differenceId: row.difference_id === null ? null : Number(row.difference_id),
    trace: JSON.parse(row.trace),
  }
}
