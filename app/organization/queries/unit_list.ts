import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { factsAsOf, type UnitFacts } from './unit_facts.js'
import { unitOf, type UnitRow } from './units.js'

export interface UnitFilters {
  text: string | null
  /** reform unless asked for: outside bodies are many and seldom wanted. */
  kind: 'reform' | 'external' | 'all'
  /** living, dissolved; null: both */
  state: 'living' | 'dissolved' | null
  cursor: string | null
}

export type UnitListRow = UnitRow & { facts: UnitFacts | null }

/** By pinyin of the name. */
export async function unitPage(filters: UnitFilters): Promise<KeysetPage<UnitListRow>> {
  const today = clock.today()
  const query = matching(filters.text).select('units.*')
  if (filters.kind !== 'all') query.where('units.kind', filters.kind)
  if (filters.state === 'dissolved') query.where('units.dissolved_on', '<=', today)
  if (filters.state === 'living') {
    query.where((open) =>
      open.whereNull('units.dissolved_on').orWhere('units.dissolved_on', '>', today)
    )
  }
  const page = await keysetPage<any>(query, {
    column: 'units.name_pinyin',
    idColumn: 'units.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  const facts = await factsAsOf(
    today,
    page.rows.map((row) => Number(row.id))
  )
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...unitOf(row), facts: facts.get(Number(row.id)) ?? null })),
  }
}

/** For pickers and the search box: by any name it ever bore, pinyin, initials or code. */
export async function findUnits(
  text: string | null,
  limit: number,
  kind: UnitFilters['kind'] = 'all'
): Promise<UnitRow[]> {
  const query = matching(text).select('units.*')
  if (kind !== 'all') query.where('units.kind', kind)
  return (await query.orderBy('units.name_pinyin').orderBy('units.id').limit(limit)).map(unitOf)
}

function matching(text: string | null) {
  const query = db.from('units')
  if (!text) return query
  const plain = text.replace(/[\\%_]/g, '')
  const latin = plain.toLowerCase().replace(/\s+/g, '')
  const borne = db
    .from('unit_names')
    .where('unit_names.name', 'like', `%${plain}%`)
    .select('unit_names.unit_id')
  return query.where((where) => {
    where.whereIn('units.id', borne).orWhere('units.code', plain)
    if (/^[a-z0-9]+$/.test(latin)) {
      where
        .orWhere('units.name_pinyin', 'like', `%${latin}%`)
        .orWhere('units.name_initials', 'like', `${latin}%`)
    }
  })
}
