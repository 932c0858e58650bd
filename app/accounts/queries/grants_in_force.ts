import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { Client } from '#people/queries/assignment_rows'
import { livingAssignments } from '#people/queries/assignments'
import { clock } from '#shared/clock'
import type { Row } from '#shared/database'

/**
 * Rows of grants that count today: approved, within their dates and, when bound to an assignment of
 * their holder, while it lives: however it ends (event, transfer, roster), they end the same day.
 */
export async function grantsInForce(
  narrow: (grants: DatabaseQueryBuilderContract<any>) => unknown,
  client: Client = db.connection()
): Promise<Row[]> {
  const today = clock.today()
  const query = client
    .from('grants')
    .where('grants.state', 'active')
    .where('grants.valid_from', '<=', today)
    .where((open) => open.whereNull('grants.valid_to').orWhere('grants.valid_to', '>', today))
    .select('grants.*')
  narrow(query)
  // one account has few: sorting them here costs less than a sorter of the database
  const rows: Row[] = (await query).sort((a, b) => Number(a.id) - Number(b.id))
  const living = await livingBindings(rows, client)
  return rows.filter(living)
}

/** Tells of each of these rows whether its assignment lives today; one that has none, does. */
export async function livingBindings(
  rows: Row[],
  client: Client = db.connection()
): Promise<(row: Row) => boolean> {
  const bound = rows.filter((row) => row.assignment_id !== null)
  const ids = [...new Set(bound.map((row) => Number(row.assignment_id)))]
  const living = await livingAssignments(ids, clock.today(), client)
  return (row) => row.assignment_id === null || living.has(Number(row.assignment_id))
}
