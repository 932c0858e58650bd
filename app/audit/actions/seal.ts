import { clock } from '#shared/clock'
import { affected, inTransaction, readTooEarly, type Trx } from '#shared/database'
import { GENESIS, sealHash } from '../domain/chain.js'

export interface AuditHead {
  sequence: number
  hash: string
}

const CHUNK = 1_000

/**
 * Gives every committed event that has none its sequence and the hash of the one before. One at a
 * time: the head row is claimed by a guarded UPDATE, so two sealers never fork the chain.
 * Returns the new head.
 */
export async function sealEvents(trx?: Trx): Promise<AuditHead> {
  for (let after = 0; ;) {
    const from = after
    const { read, last, head } = await inTransaction((inner) => sealChunk(inner, from), trx)
    if (read < CHUNK) return head
    after = last
  }
}

/**
 * MySQL shows a transaction that began before the last sealing its events as open still: what the
 * guarded UPDATE does not find open is left out.
 */
async function sealChunk(
  trx: Trx,
  after: number
): Promise<{ read: number; last: number; head: AuditHead }> {
  const before = await trx.from('audit_heads').where('id', 1).forUpdate().first()
  let head: AuditHead = before
    ? { sequence: Number(before.sequence), hash: before.hash }
    : { sequence: 0, hash: GENESIS }
  const events = await trx
    .from('audit_events')
    .whereNull('sequence')
    .where('id', '>', after)
    .orderBy('id')
    .limit(CHUNK)
    .select('id', 'content_hash')
  if (events.length === 0) return { read: 0, last: after, head }

  const from = head.sequence
  const now = clock.now()
  for (const event of events) {
    const sequence = head.sequence + 1
    const hash = sealHash(sequence, head.hash, event.content_hash)
    const sealed = await trx
      .from('audit_events')
      .where('id', event.id)
      .whereNull('sequence')
      .update({ sequence, previous_hash: head.hash, hash, sealed_at: now })
    if (affected(sealed)) head = { sequence, hash }
  }
  const values = { sequence: head.sequence, hash: head.hash, sealed_at: now }
  const claimed = await trx.from('audit_heads').where({ id: 1, sequence: from }).update(values)
  if (!affected(claimed)) throw readTooEarly()
  return { read: events.length, last: Number(events.at(-1).id), head }
}
