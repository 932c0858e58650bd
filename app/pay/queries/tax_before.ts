import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks, toInt } from '#shared/database'
import { monthsBetween } from '#shared/dates'
import { RELEASED } from '../domain/runs.js'
import type { TaxBefore } from '../domain/slip.js'
import type { DeductionWay } from '../domain/tax.js'

/** Nothing was paid before by this agent this year. */
export function noTaxBefore(way: DeductionWay = 'monthly', startMonth = 1): TaxBefore {
  return {
    months: 1,
    startMonth,
    way,
    income: 0,
    exempt: 0,
    insurance: 0,
    additional: 0,
    other: 0,
    withheld: 0,
  }
}

export interface TaxYear {
  before: TaxBefore
  /** 专项附加扣除 that runs of the same payment month have already taken. */
  additionalThisMonth: number
}

/**
 * What each person was paid by one agent in the year before this run: all runs released with a
 * payment month up to this one are one cumulation, whatever their kind. Months count from the
 * first that this agent paid: who moves in the middle of the year starts again.
 */
export async function taxBefore(
  personIds: number[],
  agent: { unitId: number; payMonth: string },
  client: Client = db
): Promise<Map<number, Omit<TaxYear, 'before'> & { before: Omit<TaxBefore, 'way'> }>> {
  const rows = await inChunks(personIds, 400, (ids) =>
    releasedSlips(client, agent)
      .whereIn('s.person_id', ids)
      .groupBy('s.person_id')
      .select('s.person_id')
      .min('r.pay_month as first_month')
      .sum('s.tax_income_fen as income')
      .sum('s.tax_exempt_fen as exempt')
      .sum('s.tax_insurance_fen as insurance')
      .sum('s.tax_additional_fen as additional')
      .sum('s.tax_other_fen as other')
      .sum('s.tax_fen as withheld')
  )
  const now = await inChunks(personIds, 400, (ids) =>
    releasedSlips(client, agent)
      .where('r.pay_month', agent.payMonth)
      .whereIn('s.person_id', ids)
      .groupBy('s.person_id')
      .select('s.person_id')
      .sum('s.tax_additional_fen as additional')
  )
  const taken = new Map(now.map((row) => [Number(row.person_id), toInt(row.additional)]))
  return new Map(
    rows.map((row) => {
      const personId = Number(row.person_id)
      const before = {
        months: monthsBetween(row.first_month, agent.payMonth) + 1,
        startMonth: Number(row.first_month.slice(5)),
        income: toInt(row.income),
        exempt: toInt(row.exempt),
        insurance: toInt(row.insurance),
        additional: toInt(row.additional),
        other: toInt(row.other),
        withheld: toInt(row.withheld),
      }
      return [personId, { before, additionalThisMonth: taken.get(personId) ?? 0 }]
    })
  )
}

/** People whose year-end bonus of the year was taxed by itself already: once a year (2018 第164号). */
export async function taxedApart(
  personIds: number[],
  run: { id: number; payMonth: string },
  client: Client = db
): Promise<Set<number>> {
  const rows = await inChunks(personIds, 400, (ids) =>
    client
      .from('pay_slips as s')
      .join('pay_runs as r', (join) =>
        join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
      )
      .where({ 's.state': 'computed', 's.tax_apart': true })
      .whereNot('r.id', run.id)
      .whereIn('r.state', [...RELEASED])
      .where('r.pay_month', 'like', `${run.payMonth.slice(0, 4)}-%`)
      .whereIn('s.person_id', ids)
      .distinct('s.person_id')
  )
  return new Set(rows.map((row) => Number(row.person_id)))
}

/** Computed slips of released runs of this agent in the year, up to the payment month. */
function releasedSlips(client: Client, agent: { unitId: number; payMonth: string }) {
  return client
    .from('pay_slips as s')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .where({ 'r.unit_id': agent.unitId, 's.state': 'computed', 's.tax_apart': false })
    .whereIn('r.state', [...RELEASED])
    .whereBetween('r.pay_month', [`${agent.payMonth.slice(0, 4)}-01`, agent.payMonth])
}
