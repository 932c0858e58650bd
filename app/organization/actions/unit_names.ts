import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import type { UnitNameKind } from '../domain/unit_names.js'
import { assertUnitAlive } from '../queries/assert_unit_alive.js'
import { unitPinyin } from '../domain/unit_pinyin.js'

export interface NameInput {
  unitId: number
  name: string
  kind: UnitNameKind
  validFrom: string
  validTo?: string | null
  documentId?: number | null
}

/**
 * Gives a unit a name from a day on. A new legal name ends the one before it on that day; names
 * that were borne are never taken away. The same name again changes nothing; a unit that is
 * dissolved by then takes none.
 */
export async function addUnitName(trx: Trx, actor: Actor, input: NameInput): Promise<void> {
  const known = await trx
    .from('unit_names')
    .where({ unit_id: input.unitId, name: input.name, kind: input.kind })
    .where((open) => open.where('valid_from', input.validFrom).orWhereNull('valid_to'))
    .first()
  if (known) return
  await assertUnitAlive(trx, input.unitId, input.validFrom)
  const until = input.kind === 'legal' ? await makeRoom(trx, input) : null
  try {
    await insertRow(trx, 'unit_names', {
      unit_id: input.unitId,
      name: input.name,
      kind: input.kind,
      valid_from: input.validFrom,
      valid_to: input.validTo ?? until,
      document_id: input.documentId ?? null,
      recorded_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) return
    throw error
  }
  if (input.kind === 'legal') await showLegalName(trx, input.unitId)
  await record(trx, actor, {
    action: 'organization.unit.name_added',
    subjectType: 'unit',
    subjectId: input.unitId,
    changes: { name: input.name, name_kind: input.kind, valid_from: input.validFrom },
  })
}

/** A unit has one legal name at a time: the one before ends, and the new one lasts until the next. */
async function makeRoom(trx: Trx, { unitId, validFrom }: NameInput): Promise<string | null> {
  const legal = () => trx.from('unit_names').where({ unit_id: unitId, kind: 'legal' })
  await legal()
    .where('valid_from', '<', validFrom)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', validFrom))
    .update({ valid_to: validFrom })
  const next = await legal().where('valid_from', '>', validFrom).orderBy('valid_from').first()
  return next?.valid_from ?? null
}

/** Ends an additional name or an alias; a legal name ends only by the next one or with the unit. */
export async function endUnitName(
  trx: Trx,
  actor: Actor,
  unitId: number,
  nameId: number,
  validTo: string
) {
  const row = await trx.from('unit_names').where({ id: nameId, unit_id: unitId }).first()
  if (!row) throw new NotFoundError('unit name')
  if (row.kind === 'legal') throw new DomainError('organization.errors.legal_name_stays')
  if (validTo <= row.valid_from) {
    throw new DomainError('organization.errors.name_dates', {}, [
      { field: 'valid_to', code: 'organization.errors.name_dates' },
    ])
  }
  const ended = await trx
    .from('unit_names')
    .where('id', nameId)
    .whereNull('valid_to')
    .update({ valid_to: validTo })
  if (!affected(ended)) return
  await record(trx, actor, {
    action: 'organization.unit.name_ended',
    subjectType: 'unit',
    subjectId: Number(row.unit_id),
    changes: { name: row.name, valid_to: validTo },
  })
}

/** Keeps today's legal name beside the unit, for lists and sorting; also run each day. */
export async function showLegalName(trx: Trx, unitId: number) {
  const today = clock.today()
  const row = await trx
    .from('unit_names')
    .where({ unit_id: unitId, kind: 'legal' })
    .where('valid_from', '<=', today)
    .orderBy('valid_from', 'desc')
    .first()
  if (!row) return
  const { full, initials } = unitPinyin(row.name)
  await trx
    .from('units')
    .where('id', unitId)
    .whereNot('name', row.name)
    .update({ name: row.name, name_pinyin: full, name_initials: initials })
}
