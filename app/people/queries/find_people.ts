import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { PeopleFilter } from './people_filter.js'
import { peoplePage, type PeopleRow } from './people_list.js'
import { peopleScope } from './people_scope.js'

/**
 * The first people of a name (characters, pinyin or initials) that the actor may see, for the
 * search box and for pickers; people without a place only when `placed` is false.
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
  const order = { sort: 'name', direction: 'asc' } as const
  return (await peoplePage(filter, peopleScope(actor), order, null, limit)).rows
}
