import { givenPerson } from '#tests/support/givens'
import { insert } from '../world.js'
import { anywhere, inUnit, mixed, nobody, orSelf, overAll, type Rows } from '../rows.js'

const OVERSEERS =
  'hr_officer hr_head establishment_approver personnel_approver leadership discipline_inspector auditor'

/** A manager's grant reaches a department, never everything. */
const WITH_MANAGER = `${OVERSEERS} department_manager`

const MOVED = JSON.stringify({ references: [], retired: [] })

export const people: Rows = {
  at: {
    'people.persons': { id: 'person' },
    'people.events': { id: 'event' },
    'people.event_moves': { id: 'event' },
    'people.assignments': { id: 'assignment' },
    'people.merges': { id: 'merge' },
    'people.distinctions': { id: 'distinction' },
  },
  async build({ personId, assignmentId, unitId }) {
    return {
      distinction: await insert('person_distinctions', {
        first_id: personId,
        second_id: await givenPerson(),
        reason: '两人',
      }),
      assignment: assignmentId,
      event: await insert('personnel_events', {
        number: 'YD-1',
        kind: 'resign',
        state: 'draft',
        person_id: personId,
        unit_id: unitId,
        effective_on: '2099-01-01',
        details: '{}',
      }),
      merge: await insert('person_merges', {
        kept_id: personId,
        merged_id: await givenPerson(),
        reason: '重复',
        moved: MOVED,
      }),
    }
  },
  rows: {
    'people.persons.index': orSelf(mixed(WITH_MANAGER, WITH_MANAGER, OVERSEERS)),
    'people.persons.export': anywhere(OVERSEERS),
    'people.persons.pick': orSelf(mixed(WITH_MANAGER, WITH_MANAGER, OVERSEERS)),
    'people.events.index': anywhere(OVERSEERS),
    'people.events.create': anywhere('hr_officer'),
    'people.events.store': anywhere('hr_officer'),
    'people.events.show': inUnit(OVERSEERS),
    'people.events.edit': inUnit('hr_officer'),
    'people.events.update': inUnit('hr_officer'),
    'people.event_moves.submit': inUnit('hr_officer'),
    'people.event_moves.approve': inUnit('hr_head'),
    'people.event_moves.return': inUnit('hr_head'),
    'people.event_moves.withdraw': inUnit('hr_officer'),
    'people.event_moves.execute': inUnit('hr_head'),
    'people.changes.index': anywhere(OVERSEERS),
    'people.changes.export': anywhere(OVERSEERS),
    'people.merges.index': anywhere('hr_head'),
    'people.merges.create': anywhere('hr_head'),
    'people.merges.store': anywhere('hr_head'),
    'people.merges.undo': inUnit('hr_head'),
    'people.distinctions.store': anywhere('hr_head'),
    'people.distinctions.undo': overAll('hr_head'),
    'people.persons.create': anywhere('hr_officer'),
    'people.persons.store': anywhere('hr_officer'),
    'people.persons.show': orSelf(inUnit(WITH_MANAGER)),
    'people.persons.edit': inUnit('hr_officer'),
    'people.persons.correct': inUnit('hr_officer'),
    'people.persons.unmask': inUnit('hr_officer hr_head discipline_inspector'),
    'people.persons.confirm': orSelf(nobody),
    'people.persons.object': orSelf(nobody),
    'people.persons.answer': inUnit('hr_officer'),
    'people.assignments.edit': inUnit('hr_officer'),
    'people.assignments.correct': inUnit('hr_officer'),
  },
}
