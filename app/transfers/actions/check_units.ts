import { unitById } from '#organization/queries/units'
import type { Trx } from '#shared/database'
import { NotFoundError, refusing, type Refuse } from '#shared/errors'

const refuse: Refuse = refusing('transfers')

/** A form offers living units of the reform alone; the unit that takes is one of them on the date. */
export async function checkTarget(trx: Trx, unitId: number, date: string) {
  const unit = await find(trx, 'to_unit_id', unitId)
  if (unit.kind !== 'reform') refuse('to_unit_id', 'target_outside', { unit: unit.name })
  if (unit.dissolvedOn !== null && unit.dissolvedOn <= date) {
    refuse('to_unit_id', 'target_dissolved', { unit: unit.name, date: unit.dissolvedOn })
  }
}

export async function checkSource(trx: Trx, unitId: number) {
  await find(trx, 'from_unit_id', unitId)
}

async function find(trx: Trx, field: string, unitId: number) {
  return unitById(unitId, undefined, trx).catch((error) => {
    if (error instanceof NotFoundError) return refuse(field, 'unknown_unit')
    throw error
  })
}
