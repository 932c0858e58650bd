import { record } from '#audit/actions/record'
import { recordDocument } from '#decisions/actions/record_document'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction, type Trx } from '#shared/database'
import { MoveError, NotFoundError, StaleError } from '#shared/errors'
import { eventById } from '../queries/events.js'
import { checkedUnit, type EventInput } from './save_event.js'

/**
 * Mends a draft or an event that came back; its kind and person stay. Throws StaleError when
 * somebody saved meanwhile, MoveError when it is under way or done.
 */
export async function editEvent(
  input: { eventId: number; version: number; values: Omit<EventInput, 'kind' | 'personId'> },
  actor: Actor,
  outer?: Trx
): Promise<void> {
  await inTransaction(async (trx) => {
    const event = await eventById(input.eventId, trx)
    if (!event) throw new NotFoundError('personnel event')
    if (event.state !== 'draft' && event.state !== 'returned') {
      throw new MoveError({ id: event.id, verb: 'edit' })
    }
    const values = { ...input.values, kind: event.kind, personId: event.personId }
    const unitId = await checkedUnit(trx, values)
    const documentId = values.documentNo
      ? await recordDocument(trx, actor, { documentNo: values.documentNo })
      : null
    const changed = await trx
      .from('personnel_events')
      .where({ id: event.id, version: input.version })
      .whereIn('state', ['draft', 'returned'])
      .update({
        unit_id: unitId,
        effective_on: values.effectiveOn,
        until_on: values.untilOn,
        document_id: documentId,
        reason: values.reason,
        details: JSON.stringify(values.details),
        version: input.version + 1,
        updated_at: clock.now(),
      })
    if (!affected(changed))
      throw new StaleError({ id: event.id }, { type: 'personnel_event', id: event.id })
    await record(trx, actor, {
      action: 'people.event.edited',
      subjectType: 'personnel_event',
      subjectId: event.id,
      changes: {
        effective_on: [event.effectiveOn, values.effectiveOn],
        document_no: [event.documentNo, values.documentNo],
        unit: [event.unitId, unitId],
      },
    })
  }, outer)
}
