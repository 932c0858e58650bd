import { record } from '#audit/actions/record'
import type { SeatWarning } from '#organization/actions/quota/fill_quota'
import { vacateQuota } from '#organization/actions/quota/vacate_quota'
import { quotaCategoryOf } from '#organization/domain/grades'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { addDays, monthOf } from '#shared/dates'
import { DomainError, NotFoundError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { EVENT_TRANSITIONS, isLeaving } from '../domain/events.js'
import type { AssignmentRow } from '../queries/assignment_rows.js'
import { mainAssignmentOf } from '../queries/assignments.js'
import { eventById, type EventRow } from '../queries/events.js'
import { endAssignment } from './end_assignment.js'
import { fillSeat, seatOf } from './event_seats.js'
import { askFreeze } from './move_event.js'
import { openAssignment } from './open_assignment.js'
import { assertStillFits } from './save_event.js'

/**
 * Does an approved event on its date, once: opens or ends the assignment and, in the same
 * transaction, fills or vacates the seat. Checked again, for weeks may lie between.
 */
export async function executeEvent(
  input: { eventId: number; version?: number },
  actor: Actor,
  outer?: Trx
): Promise<void> {
  await inTransaction(async (trx) => {
    const event = await eventById(input.eventId, trx)
    if (!event) throw new NotFoundError('personnel event')
    if (event.state === 'done') return
    if (event.effectiveOn > clock.today()) {
      throw new DomainError('people.errors.event_too_early', { date: event.effectiveOn })
    }
    await assertStillFits(trx, event)
    await askFreeze(trx, event, actor)
    const version = input.version ?? event.version
    await moveState(
      trx,
      'personnel_events',
      { id: event.id, version },
      EVENT_TRANSITIONS,
      'execute'
    )
    const assignmentId = await carryOut(trx, event, actor)
    await trx.from('personnel_events').where('id', event.id).update({ assignment_id: assignmentId })
    await record(trx, actor, {
      action: 'people.event.execute',
      subjectType: 'personnel_event',
      subjectId: event.id,
      changes: { assignment: assignmentId },
    })
  }, outer)
}

async function carryOut(trx: Trx, event: EventRow, actor: Actor): Promise<number | null> {
  if (event.kind === 'hire') return hire(trx, event, actor)
  if (isLeaving(event.kind)) return leave(trx, event, actor)
  if (event.kind === 'secondment') return second(trx, event, actor)
  if (event.kind === 'return') return comeBack(trx, event, actor)
  // A long leave keeps post and seat: the event itself is the fact.
  return null
}

async function hire(trx: Trx, event: EventRow, actor: Actor): Promise<number> {
  const { details } = event
  const category = details.grade ? quotaCategoryOf(details.grade) : null
  const establishment = details.employmentType === 'establishment'
  const { over, warnings } = await fillSeat(trx, event, actor)
  await keepWarnings(trx, event, warnings)
  return openAssignment(
    {
      personId: event.personId,
      kind: 'main',
      unitId: event.unitId,
      departmentId: details.departmentId,
      postId: details.postId,
      employmentType: details.employmentType!,
      fundingType: establishment ? details.fundingType : null,
      quotaCategory: establishment ? category : null,
      overQuota: Object.values(over).some((count) => count > 0),
      grade: details.grade,
      leaderPost: details.leaderPost,
      validFrom: event.effectiveOn,
      paidFrom: monthOf(event.effectiveOn),
      source: 'event',
      sourceType: 'personnel_event',
      sourceId: event.id,
      documentId: event.documentId,
    },
    actor,
    trx
  )
}

/** A seat that came from another category is said on the event's page. */
async function keepWarnings(trx: Trx, event: EventRow, warnings: SeatWarning[]) {
  if (warnings.length === 0) return
  const details = JSON.stringify({ ...event.details, warnings })
  await trx.from('personnel_events').where('id', event.id).update({ details })
}

/** Who leaves, leaves a secondment and a double post as well. */
async function leave(trx: Trx, event: EventRow, actor: Actor): Promise<number> {
  const main = await openMain(trx, event)
  const others = await trx
    .from('assignments')
    .where({ person_id: event.personId, kind: 'secondary', live: 1 })
    .whereNull('valid_to')
    .orderBy('id')
  for (const { id } of others) await end(trx, event, actor, Number(id))
  if (main.employmentType === 'establishment' && main.fundingType && main.quotaCategory) {
    const seat = seatOf(event, main.unitId, main.fundingType, main.quotaCategory)
    const over = main.overQuota ? { [main.quotaCategory]: 1 } : undefined
    await vacateQuota(trx, actor, { ...seat, wanted: over ? {} : seat.wanted, over })
  }
  // Pay goes through the last month in which the person served.
  return end(trx, event, actor, main.id, monthOf(addDays(event.effectiveOn, -1)))
}

function end(trx: Trx, event: EventRow, actor: Actor, assignmentId: number, paidThrough?: string) {
  const { effectiveOn: endsOn, kind: reason, documentId } = event
  return endAssignment({ assignmentId, endsOn, paidThrough, reason, documentId }, actor, trx)
}

async function second(trx: Trx, event: EventRow, actor: Actor): Promise<number> {
  const main = await openMain(trx, event)
  return openAssignment(
    {
      personId: event.personId,
      kind: 'secondary',
      unitId: event.details.toUnitId!,
      departmentId: event.details.toDepartmentId,
      employmentType: main.employmentType,
      grade: main.grade,
      validFrom: event.effectiveOn,
      source: 'event',
      sourceType: 'personnel_event',
      sourceId: event.id,
      documentId: event.documentId,
    },
    actor,
    trx
  )
}

/** The secondment ends; a long leave has nothing to end but itself. */
async function comeBack(trx: Trx, event: EventRow, actor: Actor): Promise<number | null> {
  const from = await eventById(event.details.returnsFrom ?? 0, trx)
  if (!from || from.personId !== event.personId || from.state !== 'done') {
    throw new DomainError('people.errors.returns_from', {}, [
      { field: 'returns_from', code: 'people.errors.returns_from' },
    ])
  }
  await trx.from('personnel_events').where('id', from.id).update({ until_on: event.effectiveOn })
  if (from.kind !== 'secondment' || from.assignmentId === null) return null
  return end(trx, event, actor, from.assignmentId)
}

async function openMain(trx: Trx, event: EventRow): Promise<AssignmentRow> {
  const main = await mainAssignmentOf(event.personId, event.effectiveOn, trx)
  if (!main) throw new DomainError('people.errors.not_placed')
  return main
}
