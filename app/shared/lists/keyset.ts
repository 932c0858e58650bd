import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'

type Query = DatabaseQueryBuilderContract<any>

export interface KeysetInput {
  /** Column of the sort; the row's `id` breaks ties. */
  column: string
  idColumn: string
  direction: 'asc' | 'desc'
  size: number
  cursor: string | null
  /**
   * What the rows of the page show, joined to the query as `from` it: a query of keys alone sorts and
   * skips little, and the rest is read of the rows of one page.
   */
  details?: (keys: Query) => Query
}

export interface KeysetPage<T> {
  rows: T[]
  /** Cursors for links; null: there is no such page. */
  next: string | null
  previous: string | null
}

export const PAGE_SIZE = 50

/**
 * One page by keyset: the last page costs what the first costs, for no row is skipped by counting.
 * Cursor: direction, last value and id, base64url; `last` jumps to the end. Rows must carry the
 * sort value as `sort_value` and the id as `sort_id` (selected here; `details` selects `keys.*`).
 */
export async function keysetPage<T extends Record<string, any>>(
  query: Query,
  input: KeysetInput
): Promise<KeysetPage<T>> {
  const cursor = parseCursor(input.cursor)
  const backward = cursor?.way === 'before' || cursor?.way === 'last'
  const ascending = (input.direction === 'asc') !== backward
  const order = ascending ? 'asc' : 'desc'

  query.select(`${input.column} as sort_value`, `${input.idColumn} as sort_id`)
  if (cursor && cursor.way !== 'last') {
    const compare = ascending ? '>' : '<'
    query.where((where) => {
      where.where(input.column, compare, cursor.value!)
      where.orWhere((tie) => {
        tie.where(input.column, cursor.value!).where(input.idColumn, compare, cursor.id!)
      })
    })
  }
  query
    .orderBy(input.column, order)
    .orderBy(input.idColumn, order)
    .limit(input.size + 1)
  const found: T[] = await (input.details
    ? input.details(query).orderBy('sort_value', order).orderBy('sort_id', order)
    : query)
  const more = found.length > input.size
  const rows = found.slice(0, input.size)
  if (backward) rows.reverse()

  return {
    rows,
    next: (backward ? cursor!.way === 'before' : more) ? cursorOf('after', rows.at(-1)) : null,
    previous: (backward ? more : cursor !== null) ? cursorOf('before', rows[0]) : null,
  }
}

function cursorOf(way: 'after' | 'before', row: Record<string, any> | undefined): string | null {
  if (!row) return null
  return Buffer.from(JSON.stringify([way, row.sort_value, row.sort_id])).toString('base64url')
}

/** A cursor that somebody typed is no error: the list starts at its beginning. */
function parseCursor(text: string | null) {
  if (!text) return null
  if (text === 'last') return { way: 'last' as const }
  try {
    const [way, value, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const known =
      (way === 'after' || way === 'before') && ['string', 'number'].includes(typeof value)
    return known && Number.isSafeInteger(id) ? { way, value, id } : null
  } catch {
    return null
  }
}
