import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { toInt } from '#shared/database'
import type { CheckFinding } from '#shared/ports/db_checks'
import { accountBalances } from './quota_balances.js'

/** Every balance is what its entries add up to. */
export async function checkBalances(): Promise<CheckFinding[]> {
  const rows = await db
    .from('quota_accounts')
    .leftJoin('quota_entries', 'quota_entries.account_id', 'quota_accounts.id')
    .groupBy('quota_accounts.id', 'quota_accounts.balance')
    .select('quota_accounts.id', 'quota_accounts.balance')
    .sum('quota_entries.amount as entries')
  return rows
    .filter((row) => toInt(row.balance) !== toInt(row.entries))
    .map((row) => ({
      check: 'quota.balance',
      detail: `quota_accounts ${row.id}: balance ${row.balance}, entries ${toInt(row.entries)}`,
    }))
}

/** Every movement has entries and they sum to zero. */
export async function checkMovements(): Promise<CheckFinding[]> {
  const rows = await db
    .from('quota_movements')
    .leftJoin('quota_entries', 'quota_entries.movement_id', 'quota_movements.id')
    .groupBy('quota_movements.id')
    .select('quota_movements.id')
    .sum('quota_entries.amount as total')
    .count('quota_entries.id as entries')
  return rows
    .filter((row) => toInt(row.total) !== 0 || toInt(row.entries) === 0)
    .map((row) => ({
      check: 'quota.movement',
      detail: `quota_movements ${row.id}: ${toInt(row.entries)} entries, sum ${toInt(row.total)}`,
    }))
}

/**
 * 实名制: every filled seat names a person. As of today, filled and over together are the live
 * main assignments of establishment staff, per unit, funding type and category.
 */
export async function checkPeople(): Promise<CheckFinding[]> {
  const today = clock.today()
  const seats = new Map<string, number>()
  for (const row of await accountBalances({ asOf: today })) {
    if (row.kind !== 'filled' && row.kind !== 'over') continue
    const key = `${row.unitId}/${row.fundingType}/${row.category}`
    seats.set(key, (seats.get(key) ?? 0) + row.balance)
  }
  const people = new Map<string, number>()
  for (const row of await peopleInSeats(today)) {
    people.set(`${row.unit_id}/${row.funding_type}/${row.quota_category}`, toInt(row.count))
  }
  return [...new Set([...seats.keys(), ...people.keys()])]
    .sort()
    .filter((key) => (seats.get(key) ?? 0) !== (people.get(key) ?? 0))
    .map((key) => ({
      check: 'quota.people',
      detail: `${key}: ${seats.get(key) ?? 0} seats filled, ${people.get(key) ?? 0} people`,
    }))
}

function peopleInSeats(today: string) {
  return db
    .from('assignments')
    .whereNull('superseded_by')
    .where({ kind: 'main', employment_type: 'establishment' })
    .where('valid_from', '<=', today)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', today))
    .groupBy('unit_id', 'funding_type', 'quota_category')
    .select('unit_id', 'funding_type', 'quota_category')
    .count('* as count')
}
