import { createHash } from 'node:crypto'
import { canonicalJson } from '#shared/canonical'

/** What an event's own hash covers: everything that is known when it happens. */
export interface EventContent {
  uid: string
  occurredAt: string
  actorId: number | null
  actorName: string
  onBehalfOf: string | null
  action: string
  subjectType: string
  subjectId: number | null
  requestId: string | null
  changes: unknown
}

export const GENESIS = '0'.repeat(64)

/** SHA-256 of the event's canonical JSON. */
export function contentHash(content: EventContent): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex')
}

/** Hash of a sealed event: its sequence, its content and the hash of the one before. */
export function sealHash(sequence: number, previous: string, content: string): string {
  return createHash('sha256').update(`${sequence}\n${previous}\n${content}`).digest('hex')
}
