import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { UnitChangeKind } from '../domain/unit_changes.js'

interface Change {
  kind: UnitChangeKind
  effectiveOn: string
  predecessorIds: number[]
  successorIds: number[]
}

/**
 * A change takes effect on no day before one of its units was formed: DomainError
 * `organization.errors.unit_not_formed`. A forming (组建) gives its successors their first day
 * itself.
 */
export async function assertUnitsFormed(trx: Trx, change: Change) {
  const { kind, effectiveOn: date, predecessorIds, successorIds } = change
  for (const unitId of kind === 'form' ? predecessorIds : [...predecessorIds, ...successorIds]) {
    const from = await formedOn(trx, unitId)
    if (from === null || from <= date) continue
    const unit = await trx.from('units').where('id', unitId).select('name').firstOrFail()
    const code = 'organization.errors.unit_not_formed'
    const params = { unit: unit.name, from, date }
    throw new DomainError(code, params, [{ field: 'effective_on', code, params }])
  }
}

/**
 * The first day of a unit that a change on record forms; null of any other. The start of a name alone
 * is no founding: it may be the day of an import, or of putting an old unit on record.
 */
async function formedOn(trx: Trx, unitId: number): Promise<string | null> {
  const forming = await trx
    .from('unit_changes as c')
    .join('unit_change_links as l', 'l.change_id', 'c.id')
    .where({ 'l.successor_id': unitId, 'c.kind': 'form' })
    .whereNot('c.state', 'withdrawn')
    .orderBy('c.effective_on')
    .select('c.effective_on')
    .first()
  if (!forming) return null
  const name = await trx
    .from('unit_names')
    .where({ unit_id: unitId, kind: 'legal' })
    .where('valid_from', '<', forming.effective_on)
    .orderBy('valid_from')
    .select('valid_from')
    .first()
  return name?.valid_from ?? forming.effective_on
}
