import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'
import { findBatches } from './batch_list.js'

/** Batches by number or title, only those that the actor may open. */
export async function searchBatches(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  if (!actor.may('transfers.view')) return []
  const batches = await findBatches(actor, text, limit)
  return batches.map(({ id, number, title, effectiveOn }) => ({
    kind: 'batch',
    title,
    detail: `${number} · ${effectiveOn}`,
    url: `/transfers/batches/${id}`,
  }))
}
