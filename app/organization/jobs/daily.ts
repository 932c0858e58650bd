import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { expireRequests } from '../actions/quota_requests/expire_requests.js'
import { showLegalName } from '../actions/unit_names.js'

/** What a new day brings: reservations that have run out, names that hold from today. */
export async function organizationDaily() {
  const expired = await expireRequests()
  const today = clock.today()
  const renamed = await db
    .from('unit_names')
    .join('units', 'units.id', 'unit_names.unit_id')
    .where('unit_names.kind', 'legal')
    .where('unit_names.valid_from', '<=', today)
    .where((open) =>
      open.whereNull('unit_names.valid_to').orWhere('unit_names.valid_to', '>', today)
    )
    .whereColumn('unit_names.name', '<>', 'units.name')
    .select('unit_names.unit_id')
  for (const { unit_id: unitId } of renamed) {
    await inTransaction((trx) => showLegalName(trx, Number(unitId)))
  }
  return { expired, renamed: renamed.length }
}
