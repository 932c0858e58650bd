import type { Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'

/**
 * A dissolved unit takes no new record: DomainError `organization.errors.unit_dissolved` when the
 * unit is gone on the date of the record. Read as it is now, and it does not end before the record
 * is written: whoever dissolves it waits.
 */
export async function assertUnitAlive(trx: Trx, unitId: number, date: string) {
  const unit = await trx
    .from('units')
    .where('id', unitId)
    .select('name', 'dissolved_on')
    .forShare()
    .first()
  if (!unit) throw new NotFoundError('unit')
  if (unit.dissolved_on !== null && unit.dissolved_on <= date) {
    throw new DomainError('organization.errors.unit_dissolved', {
      unit: unit.name,
      date: unit.dissolved_on,
    })
  }
}
