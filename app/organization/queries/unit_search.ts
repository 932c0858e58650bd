import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'
import { findUnits } from './unit_list.js'

/** Units for the search box: by name, earlier or additional name, alias, pinyin, initials, code. */
export async function searchUnits(actor: Actor, text: string, limit: number): Promise<SearchHit[]> {
  if (!actor.may('organization.view')) return []
  const units = await findUnits(text, limit)
  return units.map(({ id, name, code }) => ({
    kind: 'unit',
    title: name,
    detail: code,
    url: `/organization/units/${id}`,
  }))
}
