import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks, toInt } from '#shared/database'
import type { DeductionWay } from '../domain/tax.js'

export interface WageBaseRow {
  id: number
  personId: number
  validFrom: string
  step: number | null
  pensionBaseFen: number | null
  housingBaseFen: number | null
  allowanceFen: number | null
  additionalFen: number | null
  leader: boolean
  deductionWay: DeductionWay
  /** A year-end bonus is taxed by itself: the person's choice. */
  bonusApart: boolean
  accountSealed: string | null
  accountMasked: string | null
  reason: string | null
}

/** The base of each person in force on a date. */
export async function wageBasesOn(
  personIds: number[],
  date: string,
  client: Client = db
): Promise<Map<number, WageBaseRow>> {
  const rows = await inChunks(personIds, 400, (ids) =>
    client
      .from('wage_bases')
      .where('live', 1)
      .where('valid_from', '<=', date)
      .whereIn('person_id', ids)
      .orderBy('valid_from')
      .orderBy('id')
  )
  return new Map(rows.map((row) => [Number(row.person_id), wageBaseOf(row)]))
}

/** All versions of a person's base, newest first. */
export async function wageBaseHistory(personId: number): Promise<WageBaseRow[]> {
  const rows = await db
    .from('wage_bases')
    .where({ person_id: personId, live: 1 })
    .orderBy('valid_from', 'desc')
  return rows.map(wageBaseOf)
}

const fenOrNull = (value: unknown) => (value === null ? null : toInt(value))

function wageBaseOf(row: any): WageBaseRow {
  return {
    id: Number(row.id),
    personId: Number(row.person_id),
    validFrom: row.valid_from,
    step: row.step === null ? null : Number(row.step),
    pensionBaseFen: fenOrNull(row.pension_base_fen),
    housingBaseFen: fenOrNull(row.housing_base_fen),
    allowanceFen: fenOrNull(row.allowance_fen),
    additionalFen: fenOrNull(row.additional_deduction_fen),
    leader: Boolean(row.leader),
    deductionWay: row.deduction_way,
    bonusApart: Boolean(row.bonus_apart),
    accountSealed: row.account_sealed,
    accountMasked: row.account_masked,
    reason: row.reason,
  }
}
