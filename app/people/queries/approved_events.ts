import type { Trx } from '#shared/database'
import { isLeaving, LEAVING, type EventKind } from '../domain/events.js'

/**
 * Numbers of approved events, not carried out yet, that would do the same to the person as one of
 * that kind: a second hire, or a second leaving. The person stays locked, so that of two events
 * that are approved at once one sees the other.
 */
export async function rivalEvents(
  trx: Trx,
  { kind, personId, id }: { kind: EventKind; personId: number; id?: number }
): Promise<string[]> {
  if (kind !== 'hire' && !isLeaving(kind)) return []
  await trx.from('persons').where('id', personId).forUpdate().select('id')
  const rows = await trx
    .from('personnel_events')
    .where({ person_id: personId, state: 'approved' })
    .whereIn('kind', kind === 'hire' ? ['hire'] : [...LEAVING])
    .orderBy('id')
    .forUpdate()
    .select('id', 'number')
  return rows.filter((row) => Number(row.id) !== id).map(({ number }) => number)
}
