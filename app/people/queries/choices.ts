import db from '@adonisjs/lucid/services/db'
import type { PeopleScope } from './people_scope.js'

export interface Choice {
  value: number
  label: string
}

/** Units whose people the scope reaches, for the filter of a list; in the order of their making. */
export async function unitChoices(scope: PeopleScope): Promise<Choice[]> {
  const query = db.from('units').where('kind', 'reform').select('id', 'name').orderBy('id')
  if (scope.units !== 'all') query.whereIn('id', scope.units)
  return (await query).map((row) => ({ value: Number(row.id), label: row.name }))
}

/** Departments of a unit that exist on a date. */
export async function departmentChoices(unitId: number, date: string): Promise<Choice[]> {
  const rows = await db
    .from('departments')
    .where('unit_id', unitId)
    .where('valid_from', '<=', date)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', date))
    .select('id', 'name')
    .orderBy('id')
  return rows.map((row) => ({ value: Number(row.id), label: row.name }))
}

/** Posts of a unit that exist on a date, named with their department and, by `words`, for whom they are. */
export async function postChoices(
  unitId: number,
  date: string,
  words: EmploymentWords
): Promise<Choice[]> {
  const rows = await db
    .from('posts as o')
    .join('departments as d', 'd.id', 'o.department_id')
    .where('o.unit_id', unitId)
    .where('o.valid_from', '<=', date)
    .where((open) => open.whereNull('o.valid_to').orWhere('o.valid_to', '>', date))
    .select('o.id', 'o.name', 'o.employment_type', 'd.name as department_name')
    .orderBy('o.department_id')
    .orderBy('o.id')
  return rows.map((row) => ({
    value: Number(row.id),
    label: `${row.department_name} · ${row.name}${forWhom(row.employment_type, words)}`,
  }))
}

export type EmploymentWords = (employmentType: string) => string

/** Two posts of one name differ in the kind of employment. */
export function forWhom(employmentType: string | null, words: EmploymentWords): string {
  return employmentType === null ? '' : ` (${words(employmentType)})`
}
