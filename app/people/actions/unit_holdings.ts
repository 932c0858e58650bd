import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { updateVersioned, type Row, type Trx } from '#shared/database'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'
import { mainAssignmentOf } from '../queries/assignments.js'
import { endAssignment } from './end_assignment.js'
import { giveBackSeat } from './event_seats.js'
import { openAssignment } from './open_assignment.js'

const actor = Actor.system('dissolution')
const OPEN = ['draft', 'submitted', 'returned', 'approved']

/**
 * Personnel events of a unit that are under way. A hire goes to the successor as a draft without
 * its post; any other one is withdrawn, for its person leaves the unit before it is dissolved.
 */
export const eventHoldings: DissolutionHandler = {
  kind: 'personnel_event',
  async list(unitId, trx) {
    const rows = await trx
      .from('personnel_events as e')
      .join('persons as p', 'p.id', 'e.person_id')
      .where('e.unit_id', unitId)
      .whereIn('e.state', OPEN)
      .select('e.id', 'e.number', 'p.name')
      .orderBy('e.id')
    return rows.map((row) => ({
      kind: 'personnel_event',
      id: Number(row.id),
      title: `${row.number} ${row.name}`,
      url: `/people/events/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    const event = await trx.from('personnel_events').where('id', id).forUpdate().firstOrFail()
    const goesOn = successorId !== null && event.kind === 'hire'
    const details = { ...JSON.parse(event.details), postId: null, departmentId: null }
    const draft = { unit_id: successorId, details: JSON.stringify(details) }
    await settleEvent(trx, event, goesOn ? draft : null, successorId)
  },
}

/** Secondments into the unit under way: a draft into the successor, or withdrawn. */
export const plannedSecondmentHoldings: DissolutionHandler = {
  kind: 'secondment_event',
  async list(unitId, trx) {
    const rows = await trx
      .from('personnel_events as e')
      .join('persons as p', 'p.id', 'e.person_id')
      .where('e.kind', 'secondment')
      .whereIn('e.state', OPEN)
      .select('e.id', 'e.number', 'e.details', 'p.name')
      .orderBy('e.id')
    return rows
      .filter((row) => JSON.parse(row.details).toUnitId === unitId)
      .map((row) => ({
        kind: 'secondment_event',
        id: Number(row.id),
        title: `${row.number} ${row.name}`,
        url: `/people/events/${row.id}`,
      }))
  },
  async settle(id, successorId, _date, trx) {
    const event = await trx.from('personnel_events').where('id', id).forUpdate().firstOrFail()
    const goesOn = successorId !== null && successorId !== Number(event.unit_id)
    const details = { ...JSON.parse(event.details), toUnitId: successorId, toDepartmentId: null }
    const draft = { details: JSON.stringify(details) }
    await settleEvent(trx, event, goesOn ? draft : null, successorId)
  },
}

/** Under another unit it is a draft again, for nobody has approved it there. */
async function settleEvent(trx: Trx, event: Row, draft: Row | null, successorId: number | null) {
  const { state, document_id: documentId, reason } = event
  const held = { id: Number(event.id), version: Number(event.version), state, documentId, reason }
  await giveBackSeat(trx, held, actor)
  const values = draft ? { ...draft, state: 'draft', approved_by: null } : { state: 'withdrawn' }
  await updateVersioned(trx, 'personnel_events', Number(event.id), Number(event.version), values)
  await note(trx, Number(event.id), { successor: successorId })
}

/** Secondments into the unit; who belongs to the successor is seconded no longer. People whose main assignment is there leave by a transfer before. */
export const secondmentHoldings: DissolutionHandler = {
  kind: 'secondary_assignment',
  async list(unitId, trx) {
    const rows = await trx
      .from('assignments as a')
      .join('persons as p', 'p.id', 'a.person_id')
      .where({ 'a.unit_id': unitId, 'a.kind': 'secondary', 'a.live': 1 })
      .whereNull('a.valid_to')
      .select('a.id', 'a.person_id', 'p.name')
      .orderBy('a.id')
    return rows.map((row) => ({
      kind: 'secondary_assignment',
      id: Number(row.id),
      title: row.name,
      url: `/people/persons/${row.person_id}`,
    }))
  },
  async settle(id, successorId, date, trx) {
    const old = await trx.from('assignments').where('id', id).firstOrFail()
    await endAssignment({ assignmentId: id, endsOn: date, reason: 'dissolution' }, actor, trx)
    const main = await mainAssignmentOf(Number(old.person_id), date, trx)
    if (successorId === null || main?.unitId === successorId) return
    const newId = await openAssignment(continued(old, successorId, date), actor, trx)
    // A return from the secondment ends the assignment that goes on.
    await trx
      .from('personnel_events')
      .where({ assignment_id: id, kind: 'secondment' })
      .update({ assignment_id: newId })
  },
}

function continued(old: Row, unitId: number, validFrom: string) {
  return {
    personId: Number(old.person_id),
    kind: 'secondary' as const,
    unitId,
    employmentType: old.employment_type,
    grade: old.grade,
    validFrom,
    source: old.source,
    sourceType: old.source_type,
    sourceId: old.source_id,
    documentId: old.document_id,
  }
}

function note(trx: Trx, eventId: number, changes: Row) {
  return record(trx, actor, {
    action: 'people.event.dissolved',
    subjectType: 'personnel_event',
    subjectId: eventId,
    changes,
  })
}
