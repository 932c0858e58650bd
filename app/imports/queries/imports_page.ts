import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { importRecord, type ImportRecord } from './import_row.js'

export interface ImportFilters {
  definition: string | null
  state: string | null
  cursor: string | null
  /** Definitions whose imports may be seen. */
  seen: readonly string[]
}

/**
 * Imports that the actor may see, newest first: all of them, or those about a unit that the
 * grant reaches and the own ones.
 */
export async function importsPage(
  actor: Actor,
  filters: ImportFilters
): Promise<KeysetPage<ImportRecord>> {
  const query = db.from('imports').select('imports.*')
  if (filters.definition) query.where('definition', filters.definition)
  if (filters.state) query.where('state', filters.state)
  query.whereIn('definition', [...filters.seen])
  const units = actor.unitsFor(actor.may('imports.view') ? 'imports.view' : 'imports.run')
  if (units !== 'all') {
    query.where((visible) => {
      const marks = units.map(() => '?').join(', ') || 'null'
      visible.whereRaw(`json_extract(context, '$.unitId') in (${marks})`, units)
      visible.orWhere('created_by', actor.userId ?? 0)
    })
  }
  const page = await keysetPage<any>(query, {
    column: 'imports.id',
    idColumn: 'imports.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(importRecord) }
}
