import db from '@adonisjs/lucid/services/db'
import type { Row } from '#shared/database'
import type { Client } from '#decisions/queries/client'
import type { TransferLine } from '../domain/lines.js'
import { lineKey } from './lines_fields.js'

/** Columns that a list sets on a line which the batch has already. */
export const SET_BY_LIST = [
  'kind',
  'to_unit_id',
  'to_department_id',
  'to_post_id',
  'quantity',
] as const

export interface KnownLine {
  id: number
  columns: Row
}

/** The lines of a batch by what they are about; the first counts where seats stand twice. */
export async function linesByKey(
  batchId: number,
  client: Client = db
): Promise<Map<string, KnownLine>> {
  const rows = await client.from('transfer_lines').where('batch_id', batchId).orderBy('line_no')
  const lines = new Map<string, KnownLine>()
  for (const row of rows) {
    const key = lineKey({
      assignmentId: row.assignment_id === null ? null : Number(row.assignment_id),
      fromUnitId: Number(row.from_unit_id),
      toUnitId: Number(row.to_unit_id),
      fundingType: row.funding_type,
      category: row.category,
    } as TransferLine)
    if (!lines.has(key)) lines.set(key, { id: Number(row.id), columns: listed(row) })
  }
  return lines
}

/** Does the batch say the same already? */
export function sameLine(known: KnownLine, line: TransferLine): boolean {
  const wanted = listColumns(line)
  return SET_BY_LIST.every((name) => known.columns[name] === wanted[name])
}

export function listColumns(line: TransferLine): Row {
  return {
    kind: line.kind,
    to_unit_id: line.toUnitId,
    to_department_id: line.toDepartmentId,
    to_post_id: line.toPostId,
    quantity: line.quantity,
  }
}

/** The same columns of a stored line, ids as numbers. */
export function listed(row: Row): Row {
  return Object.fromEntries(
    SET_BY_LIST.map((name) => [
      name,
      name === 'kind' || row[name] === null ? row[name] : Number(row[name]),
    ])
  )
}
