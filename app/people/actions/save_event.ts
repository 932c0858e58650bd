import { randomUUID } from 'node:crypto'
import { record } from '#audit/actions/record'
import { recordDocument } from '#decisions/actions/record_document'
import { openHoldsAbout } from '#decisions/queries/require_decision'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { checkEvent } from '../domain/check_event.js'
import type { EventDetails } from '../domain/event_details.js'
import type { EventKind } from '../domain/events.js'
import { mainAssignmentOf } from '../queries/assignments.js'
import { personById } from '../queries/person.js'
import { checkReferences } from './check_references.js'

export interface EventInput {
  /** Of an event on record: the promise that it has is not in its own way. */
  id?: number
  kind: EventKind
  personId: number
  /** hire: the new unit; else the unit of the main assignment, which is put in its place. */
  unitId: number | null
  effectiveOn: string
  untilOn: string | null
  documentNo: string | null
  reason: string | null
  details: EventDetails
}

/**
 * Writes a personnel event down as a draft and gives its id. Everything that is wrong is said at
 * its field; a person about whom a held row is open is stopped by name.
 */
export async function createEvent(input: EventInput, actor: Actor, outer?: Trx): Promise<number> {
  return inTransaction(async (trx) => {
    // a merge that is under way comes first: it does not know of an event that is not written yet
    await trx.from('persons').where('id', input.personId).forShare().select('id')
    const unitId = await checkedUnit(trx, input)
    const documentId = input.documentNo
      ? await recordDocument(trx, actor, { documentNo: input.documentNo })
      : null
    const id = await insertRow(trx, 'personnel_events', {
      number: randomUUID(),
      kind: input.kind,
      state: 'draft',
      person_id: input.personId,
      unit_id: unitId,
      effective_on: input.effectiveOn,
      until_on: input.untilOn,
      document_id: documentId,
      reason: input.reason,
      details: JSON.stringify(input.details),
      created_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `YD${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    await trx.from('personnel_events').where('id', id).update({ number })
    await record(trx, actor, {
      action: 'people.event.created',
      subjectType: 'personnel_event',
      subjectId: id,
      changes: { number, kind: input.kind, person: input.personId, date: input.effectiveOn },
    })
    return id
  }, outer)
}

/** Checks it again where no form is open: the first reason is the message. */
export async function assertStillFits(trx: Trx, event: EventInput): Promise<void> {
  try {
    await checkedUnit(trx, event)
  } catch (error) {
    if (!(error instanceof DomainError) || error.fields.length === 0) throw error
    const [{ code, params }] = error.fields
    throw new DomainError(code, params, error.fields)
  }
}

/** Checks the event as it stands now and gives the unit that it belongs to. */
export async function checkedUnit(trx: Trx, input: EventInput): Promise<number> {
  const person = await personById(input.personId, trx)
  if (!person) throw new NotFoundError('person')
  if (person.mergedInto) throw new DomainError('people.errors.merge_twice', { name: person.name })
  const holds = (await openHoldsAbout('person', [input.personId], trx)).get(input.personId)
  if (holds?.length) throw new DomainError('people.errors.held', { name: person.name })
  const main = await mainAssignmentOf(input.personId, addDays(input.effectiveOn, -1), trx)
  const findings = checkEvent({
    kind: input.kind,
    effectiveOn: input.effectiveOn,
    untilOn: input.untilOn,
    documentNo: input.documentNo,
    details: input.details,
    main: main && { unitId: main.unitId, validFrom: main.validFrom, open: main.validTo === null },
    person: { ...person, grade: main?.grade ?? null },
    today: clock.today(),
  })
  const unitId = input.kind === 'hire' ? input.unitId : (main?.unitId ?? null)
  findings.push(...(await checkReferences(trx, input, unitId)))
  const fields = findings.map(({ field, code, params }) => ({
    field,
    code: `people.errors.${code}`,
    params,
  }))
  if (fields.length) throw new DomainError('people.errors.form', { count: fields.length }, fields)
  return unitId!
}
