import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { eventsInState, type EventRow } from './events.js'
import { personById } from './person.js'

/** Events to approve, to carry out or to mend; the own record to confirm; objections to answer. */
export async function peopleInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const items: InboxItem[] = []
  if (actor.may('people.approve_events')) {
    const submitted = await eventsInState('submitted')
    items.push(
      ...submitted
        .filter((event) => event.createdBy !== actor.userId)
        .filter((event) => actor.may('people.approve_events', { unitId: event.unitId }))
        .map((event) => itemOf(event, 'approve_event', t))
    )
    const due = await eventsInState('approved', clock.today())
    items.push(
      ...due
        .filter((event) => actor.may('people.approve_events', { unitId: event.unitId }))
        .map((event) => itemOf(event, 'execute_event', t))
    )
  }
  if (actor.may('people.events')) {
    const returned = await eventsInState('returned')
    items.push(
      ...returned
        .filter((event) => event.createdBy === actor.userId)
        .map((event) => ({ ...itemOf(event, 'returned_event', t), blocked: true }))
    )
  }
  if (actor.may('people.edit')) items.push(...(await objections(actor, t)))
  return [...items, ...(await ownRecord(actor, t))]
}

function itemOf(event: EventRow, key: string, t: Translate): InboxItem {
  return {
    id: `personnel_event:${event.id}`,
    kind: 'people.event',
    title: `${event.personName} · ${t(`people.events.kinds.${event.kind}`)}`,
    detail: t(`people.inbox.${key}`),
    url: `/people/events/${event.id}`,
    due: event.effectiveOn,
    blocked: false,
  }
}

async function ownRecord(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (actor.personId === null) return []
  const person = await personById(actor.personId)
  if (!person || person.external || person.confirmation !== 'pending') return []
  return [
    {
      id: `person:${person.id}`,
      kind: 'people.confirmation',
      title: t('people.inbox.confirm_record'),
      detail: person.name,
      url: `/people/persons/${person.id}`,
      due: null,
      blocked: false,
    },
  ]
}

/** Few object: the query begins with them, which SQLite does not guess (CROSS JOIN keeps the order). */
async function objections(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const query = db
    .from('persons as p')
    .joinRaw('cross join assignments as a on a.person_id = p.id and a.open_main = 1')
    .where('p.confirmation', 'objected')
  const units = actor.unitsFor('people.edit')
  if (units !== 'all') query.whereIn('a.unit_id', units)
  const rows = await query.orderBy('p.id').select('p.id', 'p.name', 'p.objection')
  return rows.map((row) => ({
    id: `objection:${row.id}`,
    kind: 'people.objection',
    title: t('people.inbox.objection', { name: row.name }),
    detail: row.objection ?? '',
    url: `/people/persons/${row.id}`,
    due: null,
    blocked: false,
  }))
}
