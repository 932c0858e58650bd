import db from '@adonisjs/lucid/services/db'
import { civilTime } from '#shared/clock'
import { toInt, type Row } from '#shared/database'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { personReferencesPort } from '#shared/ports/person_references'
import { BESIDE_THE_PORT, type MovedReferences } from '../actions/merge_people.js'

export interface MergeRow {
  id: number
  keptId: number
  keptName: string
  mergedId: number
  mergedName: string
  reason: string
  /** How many records were moved. */
  moved: number
  createdAt: string
  createdByName: string | null
  undoneAt: string | null
  undoneByName: string | null
  version: number
}

/** Merges, newest first. */
export async function mergesPage(cursor: string | null): Promise<KeysetPage<MergeRow>> {
  const query = db
    .from('person_merges as m')
    .join('persons as kept', 'kept.id', 'm.kept_id')
    .join('persons as merged', 'merged.id', 'm.merged_id')
    .leftJoin('users as maker', 'maker.id', 'm.created_by')
    .leftJoin('users as undoer', 'undoer.id', 'm.undone_by')
    .select(
      'm.*',
      'kept.name as kept_name',
      'merged.name as merged_name',
      'maker.name as maker_name',
      'undoer.name as undoer_name'
    )
  const page = await keysetPage<Row>(query, {
    column: 'm.id',
    idColumn: 'm.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(toMerge) }
}

/** Who a merge is about; null when there is none. */
export async function mergeById(id: number) {
  const row = await db.from('person_merges').where('id', id).first()
  return row ? { id, keptId: Number(row.kept_id), mergedId: Number(row.merged_id) } : null
}

function toMerge(row: Row): MergeRow {
  const moved: MovedReferences = JSON.parse(row.moved)
  return {
    id: Number(row.id),
    keptId: Number(row.kept_id),
    keptName: row.kept_name,
    mergedId: Number(row.merged_id),
    mergedName: row.merged_name,
    reason: row.reason,
    moved: moved.references.reduce((sum, { ids }) => sum + ids.length, 0) + moved.retired.length,
    createdAt: civilTime(row.created_at),
    createdByName: row.maker_name,
    undoneAt: row.undone_at === null ? null : civilTime(row.undone_at),
    undoneByName: row.undoer_name,
    version: Number(row.version),
  }
}

/** How many records of each kind point at a person: what a merge would move. */
export async function referencesTo(
  personId: number
): Promise<Array<{ table: string; count: number }>> {
  const counts = new Map<string, number>()
  const ports = personReferencesPort.all().map((one) => ({ ...one, where: {} }))
  for (const { table, column, where } of [...ports, ...BESIDE_THE_PORT]) {
    const [row] = await db
      .from(table)
      .where({ ...where, [column]: personId })
      .count('* as total')
    counts.set(table, (counts.get(table) ?? 0) + toInt(row.total))
  }
  return [...counts].flatMap(([table, count]) => (count > 0 ? [{ table, count }] : []))
}
