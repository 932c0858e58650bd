import db from '@adonisjs/lucid/services/db'
import { contentHash, GENESIS, sealHash } from '../domain/chain.js'

export interface ChainFinding {
  sequence: number | null
  id: number | null
  problem: 'content_changed' | 'chain_broken' | 'gap' | 'cut_off' | 'head_missing'
}

/**
 * Recomputes every event's own hash and the chain over them, and compares the end with the head row
 * and with the anchored heads (certificates, backup manifests): an edit, a deletion, an insertion,
 * a reorder and a cut-off tail are all found.
 */
export async function verifyChain(
  anchors: Array<{ sequence: number; hash: string }> = []
): Promise<ChainFinding[]> {
  const findings: ChainFinding[] = []
  const hashes = new Map<number, string>()
  const wanted = new Set(anchors.map((anchor) => anchor.sequence))
  let previous = GENESIS
  let expected = 1
  let lastId = 0

  for (;;) {
    const events = await db
      .from('audit_events')
      .whereNotNull('sequence')
      .where('sequence', '>', lastId)
      .orderBy('sequence')
      .limit(2_000)
    if (events.length === 0) break
    for (const event of events) {
      const sequence = Number(event.sequence)
      const place = { sequence, id: Number(event.id) }
      if (sequence !== expected) findings.push({ ...place, problem: 'gap' })
      if (contentHash(contentOf(event)) !== event.content_hash) {
        findings.push({ ...place, problem: 'content_changed' })
      }
      const sealed = sealHash(sequence, previous, event.content_hash)
      if (event.previous_hash !== previous || event.hash !== sealed) {
        findings.push({ ...place, problem: 'chain_broken' })
      }
      if (wanted.has(sequence)) hashes.set(sequence, event.hash)
      previous = event.hash
      expected = sequence + 1
      lastId = sequence
    }
  }
  const head = await db.from('audit_heads').where('id', 1).first()
  if (!head) findings.push({ sequence: null, id: null, problem: 'head_missing' })
  else if (Number(head.sequence) !== expected - 1 || head.hash !== previous) {
    findings.push({ sequence: Number(head.sequence), id: null, problem: 'cut_off' })
  }
  for (const anchor of anchors) {
    if (anchor.sequence > 0 && hashes.get(anchor.sequence) !== anchor.hash) {
      findings.push({ sequence: anchor.sequence, id: null, problem: 'cut_off' })
    }
  }
  return findings
}

function contentOf(event: any) {
  return {
    uid: event.uid,
    occurredAt: event.occurred_at,
    actorId: event.actor_id === null ? null : Number(event.actor_id),
    actorName: event.actor_name,
    onBehalfOf: event.on_behalf_of,
    action: event.action,
    subjectType: event.subject_type,
    subjectId: event.subject_id === null ? null : Number(event.subject_id),
    requestId: event.request_id,
    changes: JSON.parse(event.changes),
  }
}
