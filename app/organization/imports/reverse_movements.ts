import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { postMovement, type EntryInput } from '../actions/quota/post_movement.js'

/**
 * Takes back every movement of a subject, latest first, by movements that name the ones they
 * reverse; the ledger itself is never changed. Seats that somebody has used since are not there
 * any more: DomainError `organization.errors.no_room`.
 */
export async function reverseMovements(
  trx: Trx,
  actor: Actor,
  subject: { subjectType: string; subjectId: number }
): Promise<void> {
  const movements = await trx
    .from('quota_movements')
    .where({ subject_type: subject.subjectType, subject_id: subject.subjectId })
    .orderBy('id', 'desc')
  for (const movement of movements) {
    const entries = await entriesOf(trx, Number(movement.id))
    if (entries.length === 0) continue
    await postMovement(trx, actor, {
      key: `${movement.movement_key}:undo`.slice(-190),
      kind: movement.kind,
      effectiveOn: movement.effective_on,
      documentId: movement.document_id === null ? null : Number(movement.document_id),
      reason: `#${movement.id}`,
      subjectType: `${subject.subjectType}_undo`,
      subjectId: subject.subjectId,
      entries,
    })
  }
}

async function entriesOf(trx: Trx, movementId: number): Promise<EntryInput[]> {
  const rows = await trx
    .from('quota_entries as e')
    .join('quota_accounts as a', 'a.id', 'e.account_id')
    .where('e.movement_id', movementId)
    .select('e.amount', 'a.kind', 'a.unit_id', 'a.funding_type', 'a.category')
  return rows.map((row) => ({
    unitId: Number(row.unit_id),
    fundingType: row.funding_type,
    category: row.category,
    account: row.kind,
    amount: -Number(row.amount),
  }))
}
