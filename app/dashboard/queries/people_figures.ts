import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { toInt } from '#shared/database'
import { keptCounts } from '#shared/kept_counts'
import { EMPLOYMENT_TYPES, type EmploymentType } from '#organization/domain/codes'
import { whereInForce } from '#people/queries/known_on'
import { peopleScope, whereInScope } from '#people/queries/people_scope'

export interface PeopleFigures {
  total: number
  byEmployment: { employment: EmploymentType; people: number }[]
}

/** People with a main assignment on the date, by kind of employment, as far as the actor may see them. */
export async function peopleFigures(actor: Actor, date: string): Promise<PeopleFigures | null> {
  const scope = peopleScope(actor)
  if (scope.units !== 'all' && !scope.units.length && !scope.departments.length) return null
  const rows = await keptCounts(['people by employment', scope, date], () => {
    const query = db.from('assignments as a').where({ 'a.kind': 'main', 'a.live': 1 })
    return whereInScope(whereInForce(query, 'a', date), scope)
      .groupBy('a.employment_type')
      .select('a.employment_type')
      .count('* as total')
  })
  const counts = new Map(rows.map((row) => [row.employment_type as string, toInt(row.total)]))
  const byEmployment = (Object.keys(EMPLOYMENT_TYPES) as EmploymentType[]).map((employment) => ({
    employment,
    people: counts.get(employment) ?? 0,
  }))
  return { total: byEmployment.reduce((sum, { people }) => sum + people, 0), byEmployment }
}
