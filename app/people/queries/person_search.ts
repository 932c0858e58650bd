import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'
import { findPeople } from './find_people.js'
import { peopleScope } from './people_scope.js'

/** People by characters, full pinyin or initials; only those whose record the actor may open. */
export async function searchPeople(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  const scope = peopleScope(actor)
  const sees = scope.units === 'all' || scope.units.length || scope.departments.length
  if (!sees && scope.personId === null) return []
  const rows = await findPeople(actor, text, limit)
  return rows.map(({ person, assignment }) => ({
    kind: 'person',
    title: person.name,
    detail: [assignment?.unitName, assignment?.departmentName].filter(Boolean).join(' · '),
    url: `/people/persons/${person.id}`,
  }))
}
