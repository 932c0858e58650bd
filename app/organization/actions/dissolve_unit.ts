import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { toInt, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { accountBalances } from '../queries/quota_balances.js'

export type Settlements = Record<string, number | null>

/**
 * Ends a unit: everything open there gets a successor or an end, and nothing may be left. People
 * and quota leave by transfers before, never by disappearing with the unit.
 */
export async function dissolveUnit(
  trx: Trx,
  actor: Actor,
  unitId: number,
  date: string,
  settlements: Settlements
) {
  const unit = await trx.from('units').where('id', unitId).forUpdate().firstOrFail()
  if (unit.dissolved_on !== null) {
    const gone = { unit: unit.name, date: unit.dissolved_on }
    throw new DomainError('organization.errors.unit_dissolved', gone)
  }
  await settleHoldings(trx, unit, date, settlements)
  await refuseLeftovers(trx, unit, date)
  await trx
    .from('unit_names')
    .where('unit_id', unitId)
    .whereNull('valid_to')
    .update({ valid_to: date })
  for (const table of ['departments', 'posts']) {
    await trx.from(table).where('unit_id', unitId).whereNull('valid_to').update({ valid_to: date })
  }
  await updateVersioned(trx, 'units', unitId, Number(unit.version), { dissolved_on: date })
  await record(trx, actor, {
    action: 'organization.unit.dissolved',
    subjectType: 'unit',
    subjectId: unitId,
    changes: { dissolved_on: date },
  })
}

async function settleHoldings(trx: Trx, unit: any, date: string, settlements: Settlements) {
  const holdings = await unitDissolvedPort.list(Number(unit.id), trx)
  const unsettled = holdings.filter(({ kind, id }) => !(`${kind}:${id}` in settlements))
  if (unsettled.length) {
    throw new DomainError(
      'organization.errors.holdings_open',
      { unit: unit.name, count: unsettled.length, title: unsettled[0].title },
      unsettled.map(({ kind, id }) => ({
        field: `settle.${kind}:${id}`,
        code: 'organization.errors.settle',
      }))
    )
  }
  for (const holding of holdings) {
    const successorId = settlements[`${holding.kind}:${holding.id}`]
    await unitDissolvedPort.settle(holding, successorId, date, trx)
  }
}

async function refuseLeftovers(trx: Trx, unit: any, date: string) {
  const accounts = await accountBalances({ unitIds: [Number(unit.id)] }, trx)
  const seats = accounts
    .filter(({ kind }) => kind !== 'issued')
    .reduce((sum, { balance }) => sum + balance, 0)
  const [{ people }] = await trx
    .from('assignments')
    .where('unit_id', unit.id)
    .whereNull('superseded_by')
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', date))
    .count('* as people')
  if (seats > 0 || toInt(people) > 0) {
    throw new DomainError('organization.errors.unit_not_empty', {
      unit: unit.name,
      seats,
      people: toInt(people),
    })
  }
}
