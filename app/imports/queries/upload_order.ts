import db from '@adonisjs/lucid/services/db'
import type { ImportDefinition } from '#shared/ports/imports'
import { toInt } from '#shared/database'

export interface OrderHint {
  key: string
  titleKey: string
  /** Committed so far. */
  committed: number
  /** Title keys of what usually comes before and has never been committed. */
  before: string[]
}

/** Where each kind of import stands in the usual order. */
export async function uploadOrder(definitions: ImportDefinition[]): Promise<OrderHint[]> {
  const rows = await db
    .from('imports')
    .where('state', 'committed')
    .groupBy('definition')
    .select('definition')
    .count('* as n')
  const committed = new Map(rows.map((row) => [row.definition as string, toInt(row.n)]))
  const titles = new Map(definitions.map(({ key, titleKey }) => [key, titleKey]))
  return definitions.map(({ key, titleKey, after }) => ({
    key,
    titleKey,
    committed: committed.get(key) ?? 0,
    before: after.flatMap((one) => (committed.has(one) ? [] : (titles.get(one) ?? []))),
  }))
}
