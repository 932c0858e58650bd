import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'
import { peopleScope, whereInScope } from './people_scope.js'

/** People by Chinese name, full pinyin or initials; only those whose record the actor may open. */
export async function searchPeople(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  const wanted = text.trim().toLowerCase()
  const scope = peopleScope(actor)
  const sees = scope.units === 'all' || scope.units.length || scope.departments.length
  if (!wanted || (!sees && scope.personId === null)) return []
  const query = db
    .from('persons as p')
    .join('assignments as a', (join) => join.on('a.person_id', 'p.id').andOnVal('a.open_main', 1))
    .join('units as u', 'u.id', 'a.unit_id')
    .whereNull('p.merged_into')
    .where((match) =>
      match
        .where('p.name', 'like', `${wanted}%`)
        .orWhere('p.name_initials', 'like', `${wanted}%`)
        .orWhere('p.name_pinyin', 'like', `${wanted}%`)
        .orWhereRaw("replace(p.name_pinyin, ' ', '') like ?", [`${wanted.replaceAll(' ', '')}%`])
    )
  const rows = await whereInScope(query, scope)
    .orderBy('p.name_pinyin')
    .orderBy('p.id')
    .limit(limit)
    .select('p.id', 'p.name', 'u.name as unit')
  return rows.map((row: any) => ({
    kind: 'person',
    title: row.name,
    detail: row.unit,
    url: `/people/persons/${row.id}`,
  }))
}
