import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import type { Client } from '#decisions/queries/client'
import type { Figure } from '../domain/conservation.js'

/**
 * People and authorised seats of some units as of a civil date, measured from the assignments and
 * from the entries of the ledger, each on its own: what a certificate compares.
 */
export async function figuresOn(
  date: string,
  unitIds: number[],
  client: Client = db
): Promise<Figure[]> {
  const people = await client
    .from('assignments')
    .whereIn('unit_id', unitIds)
    .where({ live: 1, kind: 'main' })
    .where('valid_from', '<=', date)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', date))
    .groupBy('unit_id', 'funding_type', 'employment_type')
    .select('unit_id', 'funding_type', 'employment_type')
    .count('* as people')
  const seats = await client
    .from('quota_entries as e')
    .join('quota_accounts as c', 'c.id', 'e.account_id')
    .join('quota_movements as m', 'm.id', 'e.movement_id')
    .whereIn('c.unit_id', unitIds)
    .whereIn('c.kind', ['vacant', 'reserved', 'filled'])
    .where('m.effective_on', '<=', date)
    .groupBy('c.unit_id', 'c.funding_type')
    .select('c.unit_id', 'c.funding_type')
    .sum('e.amount as quota')

  const figures = new Map<string, Figure>()
  const at = (
    unitId: number,
    fundingType: Figure['fundingType'],
    employmentType: Figure['employmentType']
  ) => {
    const key = `${unitId}/${fundingType}/${employmentType}`
    const found = figures.get(key) ?? { unitId, fundingType, employmentType, people: 0, quota: 0 }
    figures.set(key, found)
    return found
  }
  for (const row of people) {
    at(Number(row.unit_id), row.funding_type, row.employment_type).people += toInt(row.people)
  }
  for (const row of seats) {
    at(Number(row.unit_id), row.funding_type, 'establishment').quota += toInt(row.quota)
  }
  return [...figures.values()]
}
