import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { toInt, type Trx } from '#shared/database'
import { postMovement, type MovementHead } from './post_movement.js'

export type Holder = Omit<MovementHead, 'kind' | 'effectiveOn'> & {
  subjectType: string
  subjectId: number
}

/**
 * Undoes what a subject under way has taken on the ledger, seats of another category included.
 * Asked again it finds nothing to give back.
 */
export async function giveBackSeats(trx: Trx, actor: Actor, holder: Holder): Promise<void> {
  const held = await trx
    .from('quota_entries as e')
    .join('quota_movements as m', 'm.id', 'e.movement_id')
    .join('quota_accounts as c', 'c.id', 'e.account_id')
    .where({ 'm.subject_type': holder.subjectType, 'm.subject_id': holder.subjectId })
    .groupBy('c.unit_id', 'c.funding_type', 'c.category', 'c.kind')
    .select('c.unit_id', 'c.funding_type', 'c.category', 'c.kind')
    .sum('e.amount as amount')
  const entries = held
    .map((row) => ({
      unitId: Number(row.unit_id),
      fundingType: row.funding_type,
      category: row.category,
      account: row.kind,
      amount: -toInt(row.amount),
    }))
    .filter(({ amount }) => amount !== 0)
  if (entries.length === 0) return
  await postMovement(trx, actor, {
    ...holder,
    kind: 'release',
    effectiveOn: clock.today(),
    entries,
  })
}
