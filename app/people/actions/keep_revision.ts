import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { Row, Trx } from '#shared/database'

/** What a revision keeps of a person; sealed values as they are sealed in the record. */
export const REVISED = [
  'name',
  'name_pinyin',
  'name_initials',
  'sex',
  'birth_on',
  'identity_sealed',
  'identity_digest',
  'identity_masked',
  'phone_sealed',
  'phone_masked',
  'education',
  'political_status',
  'work_started_on',
  'remark',
  'retirement_kind',
  'external',
  'confirmation',
  'objection',
  'confirmed_at',
] as const

/**
 * Keeps a person's record as it stood before it was changed: "as known on" reads it. Where nobody
 * holds the person's row the change comes first: its version tells who was overtaken, and a version
 * is kept once.
 */
export async function keepRevision(
  trx: Trx,
  actor: Actor,
  person: Row,
  why: { reason: string; documentId: number | null }
) {
  await trx.table('person_revisions').insert({
    person_id: person.id,
    person_version: person.version,
    data: JSON.stringify(Object.fromEntries(REVISED.map((name) => [name, person[name] ?? null]))),
    reason: why.reason,
    document_id: why.documentId,
    actor_id: actor.userId,
    superseded_at: clock.now(),
  })
}
