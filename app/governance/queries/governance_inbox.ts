import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { STEP_NAMES } from '../domain/supervision.js'
import { waitingForPerson } from './cockpit.js'
import { invitationsOf, meetingsIn, type MeetingRow } from './meetings.js'
import { owedParts, withLights, type LitPartRow } from './parts.js'
import { taskList } from './tasks.js'

/** What waits for the actor in governance, each where it is dealt with. */
export async function governanceInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const lists = [invitations(actor, t), decisions(actor, t)]
  if (actor.may('governance.report')) lists.push(owed(actor, t))
  if (actor.may('governance.prepare')) lists.push(office(actor, t))
  if (actor.may('governance.decide')) lists.push(toRead(actor, t))
  return (await Promise.all(lists)).flat()
}

/** A unit's liaison: what came back, what is overdue, what is due soon. */
async function owed(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const units = actor.unitsFor('governance.report')
  const parts = await withLights(await owedParts({ units, state: 'open' }))
  return parts
    .filter(({ light }) => light === 'red' || light === 'yellow')
    .map((part) => partItem(part, part.returnedAt ? 'returned' : 'owed', t))
}

async function office(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const units = actor.unitsFor('governance.prepare')
  const submitted = await withLights(await owedParts({ units, state: 'submitted' }))
  const items = submitted
    .filter(({ submittedBy }) => submittedBy !== actor.userId)
    .map((part) => partItem(part, 'check', t))
  for (const task of await taskList({ units, state: 'draft' })) {
    items.push(
      item('task', task.id, t('governance.inbox.draft'), `${task.number} ${task.title}`, null)
    )
  }
  if (units !== 'all') return items
  for (const meeting of await meetingsIn(['planned', 'invited', 'held'])) {
    if (meeting.state === 'invited' && meeting.heldOn > clock.today()) continue
    const what = meeting.state === 'held' && meeting.comment ? 'returned' : meeting.state
    items.push(meetingItem(meeting, what, t))
  }
  return items
}

async function decisions(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const { escalations, extensions, minutes } = await waitingForPerson(actor)
  return [
    ...escalations.map(({ id, step, order }) => ({
      ...item('notice', id, t(`governance.inbox.step_${STEP_NAMES[step]}`), '', order.deadlineOn),
      detail: `${order.number} ${order.unitName} ${order.taskTitle}`,
      url: `/governance/orders/${order.id}`,
    })),
    ...extensions.map((row) => ({
      ...item('extension', row.id, t('governance.inbox.extension'), '', row.fromOn),
      detail: `${row.unitName} ${row.taskTitle}`,
      url: `/governance/tasks/${row.taskId}`,
    })),
    ...minutes.map((meeting) => meetingItem(meeting, 'submitted', t)),
  ]
}

async function toRead(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const units = actor.unitsFor('governance.decide')
  const done = await taskList({ units, state: 'done' })
  return done.map((task) =>
    item('task', task.id, t('governance.inbox.read'), `${task.number} ${task.title}`, null)
  )
}

async function invitations(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (actor.personId === null) return []
  const meetings = await invitationsOf(actor.personId, clock.today())
  return meetings.map((meeting) => ({
    ...meetingItem(meeting, 'invitation', t),
    detail: `${meeting.heldOn} ${meeting.startsAt} ${meeting.place}`,
  }))
}

function partItem(part: LitPartRow, what: string, t: Translate): InboxItem {
  const title = t(`governance.inbox.${what}`, { content: part.content })
  return {
    ...item('task_part', part.id, title, part.comment ?? '', part.dueOn),
    detail: [part.taskNumber, part.unitName, part.returnedAt && part.comment]
      .filter(Boolean)
      .join(' · '),
    url: `/governance/tasks/${part.taskId}`,
    blocked: part.returnedAt !== null,
  }
}

function meetingItem(meeting: MeetingRow, what: string, t: Translate): InboxItem {
  return item(
    'meeting',
    meeting.id,
    t(`governance.inbox.meeting_${what}`),
    meeting.title,
    what === 'invitation' || what === 'planned' ? meeting.heldOn : null
  )
}

const PATHS: Record<string, string> = { task: 'tasks', meeting: 'meetings' }

function item(
  kind: string,
  id: number,
  title: string,
  detail: string,
  due: string | null
): InboxItem {
  return {
    id: `${kind}:${id}`,
    kind: `governance.${kind}`,
    title,
    detail,
    due,
    url: `/governance/${PATHS[kind] ?? ''}/${id}`,
    blocked: false,
  }
}
