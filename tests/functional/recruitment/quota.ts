import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'

/** Fully funded seats of a unit, all categories together. */
export async function quotaFigures(unitId: number) {
  const rows = await db
    .from('quota_accounts')
    .where({ unit_id: unitId, funding_type: 'full' })
    .groupBy('kind')
    .select('kind')
    .sum('balance as seats')
  const seats = (kind: string) => toInt(rows.find((row) => row.kind === kind)?.seats)
  return { vacant: seats('vacant'), reserved: seats('reserved'), filled: seats('filled') }
}
