import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { PeopleFilter } from './people_filter.js'
import { peoplePage, type PeopleRow } from './people_list.js'
import { lettersOf } from './people_query.js'
import { peopleScope } from './people_scope.js'

const BY_NAME = { sort: 'name', direction: 'asc' } as const

/**
 * The first people of a name (characters, pinyin or initials) that the actor may see, for the
 * search box and for pickers; people without a place only when `placed` is false. Whose pinyin
 * begins so come before those whose initials do: each walks an index of its own, and one letter
 * begins both of a name.
 */
export async function findPeople(
  actor: Actor,
  text: string,
  limit: number,
  options: { unitId?: number | null; placed?: boolean } = {}
): Promise<PeopleRow[]> {
  if (!text.trim() || limit < 1) return []
  const filter: PeopleFilter = {
    text: text.trim().slice(0, 60),
    unitId: options.unitId ?? null,
    departmentId: null,
    employment: options.placed === false ? 'none' : null,
    funding: null,
    category: null,
    series: null,
    nature: null,
    flag: null,
    asOf: clock.today(),
  }
  const scope = peopleScope(actor)
  const first = async (how?: PeopleFilter['letters']) =>
    (await peoplePage({ ...filter, letters: how }, scope, BY_NAME, null, limit)).rows
  const letters = lettersOf(filter.text!)
  if (!letters) return first()
  const found = await first('pinyin')
  if (found.length === limit || letters.length === 1) return found
  const known = new Set(found.map(({ person }) => person.id))
  const more = (await first('initials')).filter(({ person }) => !known.has(person.id))
  return [...found, ...more].slice(0, limit)
}
