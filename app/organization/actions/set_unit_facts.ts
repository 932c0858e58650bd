import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { UnitClass } from '../domain/codes.js'
import { assertUnitAlive } from '../queries/assert_unit_alive.js'

export interface FactsInput {
  unitId: number
  validFrom: string
  rank: string | null
  unitClass: UnitClass | null
  supervisor: string | null
  parentId: number | null
  documentId: number | null
}

/**
 * What holds about a unit from a day on (law 3). Other facts for the same day supersede the row,
 * which stays readable; the same facts again change nothing. A unit is never below itself, and
 * neither it nor what it stands below is dissolved by that day.
 */
export async function setUnitFacts(trx: Trx, actor: Actor, input: FactsInput): Promise<void> {
  await assertUnitAlive(trx, input.unitId, input.validFrom)
  if (input.parentId) {
    await assertUnitAlive(trx, input.parentId, input.validFrom)
    await refuseLoop(trx, input.unitId, input.parentId, input.validFrom)
  }
  const values = {
    rank: input.rank,
    unit_class: input.unitClass,
    supervisor: input.supervisor,
    parent_id: input.parentId,
    document_id: input.documentId,
  }
  const before = await trx
    .from('unit_facts')
    .where({ unit_id: input.unitId, valid_from: input.validFrom, live: 1 })
    .forUpdate()
    .first()
  if (before && Object.entries(values).every(([name, value]) => before[name] === value)) return
  // Superseded by itself for a moment: at most one live row a date, and the new id is not known yet.
  if (before) await supersede(trx, Number(before.id), Number(before.id))
  const id = await insertRow(trx, 'unit_facts', {
    ...values,
    unit_id: input.unitId,
    valid_from: input.validFrom,
    recorded_at: clock.now(),
  })
  if (before) await supersede(trx, Number(before.id), id)
  await record(trx, actor, {
    action: 'organization.unit.facts_set',
    subjectType: 'unit',
    subjectId: input.unitId,
    changes: { valid_from: input.validFrom, ...values },
  })
}

function supersede(trx: Trx, id: number, by: number) {
  return trx.from('unit_facts').where('id', id).update({ superseded_by: by })
}

async function refuseLoop(trx: Trx, unitId: number, parentId: number, asOf: string) {
  const seen = new Set<number>()
  for (let at: number | null = parentId; at && !seen.has(at);) {
    if (at === unitId) {
      throw new DomainError('organization.errors.parent_loop', {}, [
        { field: 'parent_id', code: 'organization.errors.parent_loop' },
      ])
    }
    seen.add(at)
    const row: any = await trx
      .from('unit_facts')
      .where({ unit_id: at, live: 1 })
      .where('valid_from', '<=', asOf)
      .orderBy('valid_from', 'desc')
      .first()
    at = row?.parent_id ? Number(row.parent_id) : null
  }
}
