import { insert } from '../world.js'
import { anywhere, inUnit, nobody, overAll, type Rows } from '../rows.js'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clock } from '#shared/clock'
import { seal, sha256 } from '#shared/crypto'
import { storageDir } from '#shared/operations/places'

const READERS = 'leadership leading_group_office discipline_inspector auditor'
const OFFICE = 'leading_group_office'

export const governance: Rows = {
  at: {
    'governance.bodies': { id: 'body' },
    'governance.bodies.seat': { id: 'body_seat' },
    'governance.bodies.end_seat': { id: 'body_seat' },
    'governance.bodies.set_holder': { id: 'body_seat' },
    'governance.meetings': { id: 'meeting' },
    'governance.agenda': { id: 'meeting', item: 'meeting_item' },
    'governance.agenda.paper': { id: 'meeting_paper' },
    'governance.minutes': { id: 'meeting' },
    'governance.resolutions': { id: 'resolution' },
    'governance.resolutions.store': { id: 'meeting' },
    'governance.tasks': { id: 'task' },
    'governance.parts': { id: 'task_part' },
    'governance.parts.evidence': { id: 'task_evidence' },
    'governance.extensions': { id: 'task_extension' },
    'governance.orders': { id: 'supervision_order' },
    'governance.orders.see': { id: 'supervision_notice' },
    'governance.owed.unit': { id: 'owing_unit' },
  },
  async build({ unitId, documentId }) {
    const now = clock.now()
    const body = await insert('bodies', {
      kind: 'leading_group',
      name: '领导小组',
      quorum: 'half',
      minutes_mark: '市融改纪',
    })
    const seat = await insert('body_seats', {
      body_id: body,
      seat_no: 1,
      role: 'head',
      title: '市委书记',
      valid_from: '2020-01-01',
    })
    const meeting = await insert('meetings', {
      body_id: body,
      number: 1,
      title: '会议',
      held_on: '2026-01-01',
      starts_at: '09:00',
      place: '会议室',
      state: 'approved',
      minutes: '纪要',
      document_id: documentId,
    })
    const item = await insert('meeting_items', { meeting_id: meeting, item_no: 1, title: '议题' })
    const decision = await insert('decisions', {
      kind: 'held',
      code: 'held:governance',
      state: 'open',
      evidence: '{}',
    })
    const task = await insert('tasks', {
      number: 'RW-1',
      title: '任务',
      source_kind: 'plan',
      source: '六(一)',
      state: 'active',
    })
    const part = await insert('task_parts', {
      task_id: task,
      unit_id: unitId,
      role: 'lead',
      content: '任务',
      state: 'open',
      due_on: '2099-12-31',
    })
    const report = await insert(
      'task_reports',
      { part_id: part, kind: 'progress', content: '进展', reported_at: now },
      true
    )
    const order = await insert('supervision_orders', {
      number: '督办-1',
      part_id: part,
      requirement: '办',
      issued_at: now,
      counted_from: now,
      deadline_on: '2099-12-31',
      run: 1,
      last_step: 0,
      state: 'running',
    })
    const step = await insert(
      'supervision_steps',
      { order_id: order, run: 1, step: 0, due_at: now, told_at: now },
      true
    )
    await mkdir(join(storageDir(), 'matrix'), { recursive: true })
    const file = async (name: string, subjectType: string, subjectId: number) => {
      const storageKey = `matrix/${name}`
      const bytes = Buffer.from('%PDF-1.4')
      const sealed = seal(bytes.toString('base64'), 'attachment')
      await writeFile(join(storageDir(), storageKey), sealed)
      return insert(
        'files',
        {
          storage_key: storageKey,
          name: `${name}.pdf`,
          mime: 'application/pdf',
          size: bytes.length,
          sha256: sha256(bytes),
          created_at: now,
          subject_type: subjectType,
          subject_id: subjectId,
        },
        true
      )
    }
    return {
      body,
      body_seat: seat,
      meeting,
      meeting_item: item,
      task,
      task_part: part,
      meeting_paper: await file('paper', 'meeting_item', item),
      task_evidence: await file('evidence', 'task_report', report),
      resolution: await insert('resolutions', {
        meeting_id: meeting,
        resolution_no: 1,
        content: '议定',
        decision_id: decision,
      }),
      task_extension: await insert('task_extensions', {
        part_id: part,
        from_on: '2099-12-31',
        until_on: '2100-01-31',
        reason: '等',
        state: 'submitted',
      }),
      supervision_order: order,
      supervision_notice: await insert(
        'supervision_notices',
        { step_id: step, level: 1, unit_id: unitId, title: '负责人', vacant: false },
        true
      ),
      owing_unit: unitId,
    }
  },
  rows: {
    'governance.bodies.index': overAll(READERS),
    'governance.bodies.show': overAll(READERS),
    'governance.bodies.update': overAll(OFFICE),
    'governance.bodies.add_seat': overAll(OFFICE),
    'governance.bodies.seat': overAll(OFFICE),
    'governance.bodies.end_seat': overAll(OFFICE),
    'governance.bodies.set_holder': overAll(OFFICE),
    'governance.heads.index': overAll(READERS),
    'governance.heads.store': overAll(OFFICE),
    'governance.heads.pick': overAll(OFFICE),
    'governance.meetings.index': overAll(READERS),
    'governance.meetings.create': overAll(OFFICE),
    'governance.meetings.store': overAll(OFFICE),
    'governance.meetings.show': overAll(READERS),
    'governance.meetings.edit': overAll(OFFICE),
    'governance.meetings.update': overAll(OFFICE),
    'governance.meetings.invite': overAll(OFFICE),
    'governance.meetings.cancel': overAll(OFFICE),
    'governance.meetings.attendance': overAll(OFFICE),
    'governance.meetings.hold': overAll(OFFICE),
    'governance.meetings.notice': overAll(READERS),
    'governance.agenda.store': overAll(OFFICE),
    'governance.agenda.remove': overAll(OFFICE),
    'governance.agenda.paper': overAll(READERS),
    'governance.minutes.write': overAll(OFFICE),
    'governance.minutes.submit': overAll(OFFICE),
    'governance.minutes.return': overAll('leadership'),
    'governance.minutes.approve': overAll('leadership'),
    'governance.minutes.pdf': overAll(READERS),
    'governance.resolutions.store': overAll(OFFICE),
    'governance.resolutions.remove': overAll(OFFICE),
    'governance.resolutions.task': overAll(OFFICE),
    'governance.resolutions.to_task': overAll(OFFICE),
    'governance.resolutions.decision': overAll(OFFICE),
    'governance.resolutions.to_decision': overAll(OFFICE),
    'governance.tasks.index': anywhere(`${READERS} liaison`),
    'governance.tasks.export': anywhere(READERS),
    'governance.tasks.create': anywhere(OFFICE),
    'governance.tasks.store': anywhere(OFFICE),
    'governance.tasks.show': inUnit(`${READERS} liaison`),
    'governance.tasks.edit': inUnit(OFFICE),
    'governance.tasks.update': inUnit(OFFICE),
    'governance.tasks.add_part': inUnit(OFFICE),
    'governance.tasks.assign': inUnit(OFFICE),
    'governance.tasks.end': inUnit(OFFICE),
    'governance.tasks.read': inUnit('leadership'),
    'governance.tasks.archive': inUnit(OFFICE),
    'governance.parts.report': inUnit('liaison'),
    'governance.parts.submit': inUnit('liaison'),
    'governance.parts.comment': inUnit(`leadership ${OFFICE}`),
    'governance.parts.accept': inUnit(OFFICE),
    'governance.parts.send_back': inUnit(OFFICE),
    'governance.parts.end': inUnit(OFFICE),
    'governance.parts.ask_extension': inUnit('liaison'),
    'governance.parts.order': inUnit(OFFICE),
    'governance.parts.evidence': inUnit(`${READERS} liaison`),
    'governance.extensions.approve': inUnit('leadership'),
    'governance.extensions.refuse': inUnit('leadership'),
    'governance.orders.index': anywhere(`${READERS} liaison`),
    'governance.orders.show': inUnit(`${READERS} liaison`),
    'governance.orders.paper': inUnit(`${READERS} liaison`),
    'governance.orders.close': inUnit(OFFICE),
    // Only who holds the post that was told.
    'governance.orders.see': nobody,
    'governance.bulletin.show': anywhere(READERS),
    'governance.bulletin.file': anywhere(READERS),
    'governance.owed.desk': anywhere('liaison'),
    'governance.owed.unit': inUnit(`${READERS} liaison`),
    'governance.rules.edit': overAll('system_admin'),
    'governance.rules.update': overAll('system_admin'),
  },
}
