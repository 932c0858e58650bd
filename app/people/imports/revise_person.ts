import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, updateVersioned, type Row, type Trx } from '#shared/database'

/** Everything about a person that an earlier version may have had otherwise. */
const KEPT = [
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
  'version',
]

/**
 * Changes a person's data and keeps what they were. Returns the columns as they were. Somebody
 * else's save since `version` refuses it (StaleError).
 */
export async function revisePerson(
  trx: Trx,
  actor: Actor,
  personId: number,
  values: Row,
  { version, reason, documentId }: { version: number; reason: string; documentId: number | null }
): Promise<Row> {
  const row = await trx.from('persons').where('id', personId).firstOrFail()
  const before = Object.fromEntries(KEPT.map((name) => [name, row[name]]))
  await updateVersioned(trx, 'persons', personId, version, values)
  await insertRow(trx, 'person_revisions', {
    person_id: personId,
    person_version: version,
    data: JSON.stringify(before),
    reason: reason.slice(0, 500),
    document_id: documentId,
    actor_id: actor.userId,
    superseded_at: clock.now(),
  })
  await record(trx, actor, {
    action: 'people.person.corrected',
    subjectType: 'person',
    subjectId: personId,
    changes: { fields: Object.keys(values), reason },
  })
  return before
}
