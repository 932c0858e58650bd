import type { ForecastRow, Outlook } from '../queries/forecast.js'
import type { LinkRow } from '../queries/plan.js'

/**
 * What an item waits for and what waits for it, as far as the reader may see; of the others only
 * how many there are. `because` is the chain that makes a fixed date impossible.
 */
export function neighbours(view: Outlook, item: ForecastRow, visible: readonly ForecastRow[]) {
  const seen = new Map(visible.map((row) => [row.id, row]))
  const ends = (links: readonly LinkRow[], other: (link: LinkRow) => number) => {
    const found = links.flatMap((link) => {
      const row = seen.get(other(link))
      return row ? [{ link, item: row }] : []
    })
    return { found, hidden: links.length - found.length }
  }
  const before = ends(
    view.plan.links.filter(({ toId }) => toId === item.id),
    ({ fromId }) => fromId
  )
  const after = ends(
    view.plan.links.filter(({ fromId }) => fromId === item.id),
    ({ toId }) => toId
  )
  const missed = view.forecast.conflicts.find(
    ({ itemId, kind }) => itemId === item.id && kind !== 'fixed_before_predecessor'
  )
  return {
    before,
    after,
    missed: missed?.kind ?? null,
    because: (missed?.because ?? []).flatMap((id) => seen.get(id) ?? []),
    choices: visible.filter(({ id }) => id !== item.id),
    disputes: view.conflicts.filter(({ fromId, toId }) => fromId === item.id || toId === item.id),
    works: visible.filter(({ phaseId }) => phaseId === item.id),
  }
}
