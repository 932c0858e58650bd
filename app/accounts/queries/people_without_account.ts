import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'

/** A person who has no account yet, with the unit of service today or to come. */
export interface PersonWithoutAccount {
  id: number
  name: string
  namePinyin: string
  identity: string | null
  /** null: without employment. */
  unitId: number | null
  unit: string | null
}

export interface WithoutAccountFilter {
  /** `'all'`, or the units that the actor reaches: people without employment are in none. */
  units: 'all' | number[]
  /** A unit's id, or `'none'`: without employment. */
  unit?: number | 'none'
  text?: string
}

/** A page shows so many; the filter finds the others. */
export const SHOWN = 200

/** Whom an account can be issued to, by name: people who serve, and those outside the rosters. */
export async function listWithoutAccount(
  filter: WithoutAccountFilter
): Promise<PersonWithoutAccount[]> {
  const query = withoutAccount().where((placed) =>
    placed.whereNotNull('a.id').orWhere('persons.external', true)
  )
  if (filter.units !== 'all') query.whereIn('a.unit_id', filter.units)
  if (filter.unit === 'none') query.whereNull('a.id')
  else if (filter.unit) query.where('a.unit_id', filter.unit)
  if (filter.text) {
    query.where((where) =>
      where
        .where('persons.name', 'like', `%${filter.text}%`)
        .orWhere('persons.name_initials', 'like', `${filter.text}%`)
    )
  }
  const rows = await query.orderBy('persons.name_pinyin').orderBy('persons.id').limit(SHOWN)
  return rows.map(toPerson)
}

/** Those of these people who have no account; ids of others are left out. */
export async function withoutAccountOf(personIds: number[]): Promise<PersonWithoutAccount[]> {
  const rows = await withoutAccount().whereIn('persons.id', personIds).orderBy('persons.id')
  return rows.map(toPerson)
}

function withoutAccount() {
  const first = `a.id = (select s.id from assignments as s where s.person_id = persons.id
    and s.kind = 'main' and s.live = 1 and (s.valid_to is null or s.valid_to > ?)
    order by s.valid_from limit 1)`
  return db
    .from('persons')
    .joinRaw(`left join assignments as a on ${first}`, [clock.today()])
    .leftJoin('units', 'units.id', 'a.unit_id')
    .leftJoin('users', 'users.person_id', 'persons.id')
    .whereNull('users.id')
    .whereNull('persons.merged_into')
    .select('persons.id', 'persons.name', 'persons.name_pinyin', 'persons.identity_masked')
    .select('a.unit_id', 'units.name as unit')
}

function toPerson(row: any): PersonWithoutAccount {
  return {
    id: Number(row.id),
    name: row.name,
    namePinyin: row.name_pinyin,
    identity: row.identity_masked,
    unitId: row.unit_id === null ? null : Number(row.unit_id),
    unit: row.unit,
  }
}
