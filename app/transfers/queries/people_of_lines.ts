import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks } from '#shared/database'

/** Names of the persons of some lines, for a message: at most `limit`. */
export async function namesOfLines(ids: number[], client: Client, limit = 5): Promise<string[]> {
  return [...(await namesOfLineIds(ids.slice(0, limit), client)).values()]
}

/** People whom lines move; seats alone have none. */
export async function peopleOfLines(ids: number[], client: Client): Promise<number[]> {
  const rows = await inChunks(ids, 400, (piece) =>
    client.from('transfer_lines').whereIn('id', piece).whereNotNull('person_id').select('person_id')
  )
  return rows.map((row) => Number(row.person_id))
}

/** Line id → name of its person, or the number of a line without one. */
export async function namesOfLineIds(
  ids: number[],
  client: Client = db
): Promise<Map<number, string>> {
  const rows = await inChunks([...new Set(ids)], 400, (piece) =>
    client
      .from('transfer_lines as l')
      .leftJoin('persons as p', 'p.id', 'l.person_id')
      .whereIn('l.id', piece)
      .orderBy('l.line_no')
      .select('l.id', 'l.line_no', 'p.name')
  )
  return new Map(rows.map((row) => [Number(row.id), row.name ?? `#${row.line_no}`]))
}
