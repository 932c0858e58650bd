import db from '@adonisjs/lucid/services/db'
import { approveEvent, submitEvent } from '#people/actions/move_event'
import { createEvent, type EventInput } from '#people/actions/save_event'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { enterStaff, type Cast } from './cast.js'

/**
 * What HR has on its desk beside the batches: a leave that begins next month, a resignation that
 * waits for the head, a study leave in draft; and the account of one member of staff, whose record
 * waits for the own word.
 */
export async function tellPersonnel(cast: Cast, today: string, documentNo: (n: number) => string) {
  clock.freeze(today)
  const people = await contractStaff()
  const hr1 = await cast.hr1()
  const head = await cast.hrhead()
  const nextMonth = addMonths(`${today.slice(0, 7)}-01`, 1)
  const event = (index: number, input: Partial<EventInput>): EventInput => ({
    kind: 'resign',
    personId: people[index],
    unitId: null,
    effectiveOn: nextMonth,
    untilOn: null,
    documentNo: documentNo(20 + index),
    reason: null,
    details: {},
    ...input,
  })

  const leave = await createEvent(
    event(0, {
      kind: 'long_leave',
      untilOn: addMonths(nextMonth, 5),
      details: { leaveType: 'maternity' },
    }),
    hr1
  )
  await submitEvent({ eventId: leave, version: 1 }, hr1)
  await approveEvent({ eventId: leave, version: 2 }, head)
  const resignation = await createEvent(event(1, { reason: '本人申请' }), hr1)
  await submitEvent({ eventId: resignation, version: 1 }, hr1)
  await createEvent(
    event(2, { kind: 'long_leave', documentNo: null, details: { leaveType: 'study' } }),
    await cast.hr2()
  )

  const person = await db
    .from('persons')
    .join('assignments', 'assignments.person_id', 'persons.id')
    .where({ 'assignments.open_main': 1, 'assignments.employment_type': 'establishment' })
    .orderBy('persons.id')
    .select('persons.id', 'persons.name')
    .firstOrFail()
  await enterStaff('staff1', { id: Number(person.id), name: person.name })
}

async function contractStaff(): Promise<number[]> {
  const rows = await db
    .from('assignments')
    .where({ open_main: 1, employment_type: 'contract' })
    .orderBy('id', 'desc')
    .limit(3)
    .select('person_id')
  return rows.map((row) => Number(row.person_id))
}
