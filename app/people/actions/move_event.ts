import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import { moveState } from '#shared/transitions'
import { allowedAs, EVENT_TRANSITIONS, type EventVerb } from '../domain/events.js'
import { eventById, type EventRow } from '../queries/events.js'
import { giveBackSeat, reserveSeat, seatToReserve } from './event_seats.js'
import { assertStillFits } from './save_event.js'

export interface MoveEventInput {
  eventId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** Sends an event to the one who approves: it needs its document, and discipline must allow it. */
export async function submitEvent(input: MoveEventInput, actor: Actor, outer?: Trx) {
  await move(input, 'submit', actor, outer, async (trx, event) => {
    if (!event.documentNo) throw new DomainError('people.errors.event_document')
    await assertStillFits(trx, event)
    await seatToReserve(trx, event)
    await askFreeze(trx, event, actor)
    return {}
  })
}

/** The second person: never who prepared it, neither by an own grant nor by delegation. */
export async function approveEvent(input: MoveEventInput, actor: Actor, outer?: Trx) {
  await move(input, 'approve', actor, outer, async (trx, event) => {
    refuseAuthor(event, actor, input.grant)
    // Another may have taken its place, or hired its person, since the submission.
    await assertStillFits(trx, event)
    await reserveSeat(trx, event, actor)
    await askFreeze(trx, event, actor)
    return { approved_by: actor.userId }
  })
}

export async function returnEvent(input: MoveEventInput, actor: Actor, outer?: Trx) {
  await move(input, 'return', actor, outer, async (trx, event) => {
    refuseAuthor(event, actor, input.grant)
    await giveBackSeat(trx, event, actor)
    return { approved_by: null }
  })
}

export async function withdrawEvent(input: MoveEventInput, actor: Actor, outer?: Trx) {
  await move(input, 'withdraw', actor, outer, async (trx, event) => {
    await giveBackSeat(trx, event, actor)
    return {}
  })
}

async function move(
  input: MoveEventInput,
  verb: Exclude<EventVerb, 'execute'>,
  actor: Actor,
  outer: Trx | undefined,
  prepare: (trx: Trx, event: EventRow) => Promise<Row>
) {
  await inTransaction(async (trx) => {
    const event = await eventById(input.eventId, trx)
    if (!event) throw new NotFoundError('personnel event')
    const values = await prepare(trx, event)
    const { eventId: id, version } = input
    await moveState(trx, 'personnel_events', { id, version }, EVENT_TRANSITIONS, verb, values)
    await record(trx, actor, {
      action: `people.event.${verb}`,
      subjectType: 'personnel_event',
      subjectId: id,
      changes: input.comment ? { comment: input.comment } : {},
      grant: input.grant,
    })
  }, outer)
}

function refuseAuthor(event: EventRow, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(event.createdBy, grant)) throw new DomainError('people.errors.own_event')
  if (actor.isSelf(event.personId)) throw new DomainError('people.errors.event_about_self')
}

/** Reform discipline may forbid it for now; what is always allowed is put on record alone. */
export async function askFreeze(trx: Trx, event: EventRow, actor: Actor) {
  const { id, personId, kind, details } = event
  await freezePort.pass(
    {
      act: `people.${kind}`,
      unitIds: [event.unitId, details.toUnitId].filter((unit) => typeof unit === 'number'),
      date: event.effectiveOn,
      reformDocumentId: event.documentId,
      actor,
      subject: { type: 'personnel_event', id },
      personId,
      allowed: allowedAs(kind, details),
    },
    trx
  )
}
