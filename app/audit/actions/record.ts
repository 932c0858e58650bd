import { randomUUID } from 'node:crypto'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { digest } from '#shared/crypto'
import type { Trx } from '#shared/database'
import { contentHash, type EventContent } from '../domain/chain.js'

export interface EventInput {
  /** `<module>.<thing>.<what happened>`, the key of its sentence in resources/lang. */
  action: string
  subjectType: string
  subjectId: number | null
  /** Field → [before, after] or plain facts. Sensitive values through `sensitive()`. */
  changes?: Record<string, unknown>
  /** The grant that allowed it: a delegated one puts the absent person's name on record. */
  grant?: ActiveGrant | null
}

/** A personal, pay or sealed value in the log: its digest only; who may open the subject sees the value there. */
export function sensitive(value: string | number | null): { digest: string } | null {
  return value === null ? null : { digest: digest(String(value), 'audit').slice(0, 16) }
}

/** Writes the event inside the action's transaction: no change without it, no event without the change (law 9). */
export async function record(trx: Trx, actor: Actor, input: EventInput): Promise<void> {
  const content: EventContent = {
    uid: randomUUID(),
    occurredAt: clock.now(),
    actorId: actor.userId,
    actorName: actor.name,
    onBehalfOf: input.grant?.onBehalfOf?.name ?? null,
    action: input.action,
    subjectType: input.subjectType,
    subjectId: input.subjectId,
    requestId: actor.requestId,
    changes: input.changes ?? {},
  }
  await trx.table('audit_events').insert({
    uid: content.uid,
    occurred_at: content.occurredAt,
    actor_id: content.actorId,
    actor_name: content.actorName,
    on_behalf_of: content.onBehalfOf,
    action: content.action,
    subject_type: content.subjectType,
    subject_id: content.subjectId,
    request_id: content.requestId,
    changes: JSON.stringify(content.changes),
    content_hash: contentHash(content),
  })
}
