import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { updateVersioned, type Row, type Trx } from '#shared/database'
import { keepRevision, REVISED } from '../actions/keep_revision.js'

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
  await updateVersioned(trx, 'persons', personId, version, values)
  const why = { reason: reason.slice(0, 500), documentId }
  await keepRevision(trx, actor, { ...row, version }, why)
  await record(trx, actor, {
    action: 'people.person.corrected',
    subjectType: 'person',
    subjectId: personId,
    changes: { fields: Object.keys(values), reason },
  })
  return { ...Object.fromEntries(REVISED.map((name) => [name, row[name] ?? null])), version }
}
