import { createItem, type ItemInput } from '#programme/actions/save_item'
import { createProgramme } from '#programme/actions/save_programme'
import { addLink } from '#programme/actions/links'
import { writeFixedDate } from '#programme/actions/fixed_dates'
import { outlook, type Outlook } from '#programme/queries/forecast'
import type { PlanLink } from '#programme/domain/plan'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, insertRow, type Row } from '#shared/database'
import { runImport } from '#imports/actions/run_import'
import { givenActor, givenUnit } from '#tests/support/givens'
import { DATA } from '../imports/samples.js'

export const TODAY = '2022-01-10'

/** The sheet of milestones as the sample has it; returns the import. */
export function importMilestones(answers: Record<string, string> = {}): Promise<number> {
  return runImport({
    definition: 'milestones',
    path: `${DATA}reform-plan.xlsx`,
    fileName: 'reform-plan.xlsx',
    asOf: TODAY,
    answers,
    actor: Actor.system('tests'),
    confirm: true,
  })
}

/** An empty programme with the office that keeps it, a leader, and the liaison of its lead unit. */
export async function givenProgramme() {
  const unitId = await givenUnit({ name: '市委编办' })
  const office = await givenActor({ role: 'leading_group_office' })
  const leader = await givenActor({ role: 'leadership' })
  const liaison = await givenActor({ role: 'liaison', unitId })
  await createProgramme(
    { name: '媒体融合改革工作方案', startsOn: '2022-01-04', documentId: null, yellowDays: 5 },
    office
  )
  const given = (name: string, values: Partial<ItemInput> = {}) =>
    createItem(
      {
        number: null,
        name,
        kind: 'work',
        phaseId: null,
        leadUnitId: unitId,
        duration: 5,
        supportUnitIds: [],
        responsibleId: null,
        notBefore: null,
        deliverable: null,
        criteria: null,
        basis: null,
        factCode: null,
        ...values,
      },
      office
    )
  const milestone = async (name: string, fixedOn: string | null, values = {}) => {
    const id = await given(name, { kind: 'milestone', ...values })
    const date = { fixedOn, source: 'plan' as const, documentId: null, reason: null }
    if (fixedOn) await inTransaction((trx) => writeFixedDate(trx, office, id, date))
    return id
  }
  const link = (fromId: number, toId: number, more: Partial<PlanLink> = {}) =>
    addLink({ fromId, toId, type: 'FS', lag: 0, ...more }, office)
  return { unitId, office, leader, liaison, given, milestone, link }
}

export async function rowNow(id: number) {
  const view = (await outlook()) as Outlook
  return view.rows.find((row) => row.id === id)!
}

/** Open contradictions by the numbers of their ends. */
export async function conflictsNow(): Promise<string[]> {
  const view = (await outlook()) as Outlook
  const number = (id: number) => view.rows.find((row) => row.id === id)!.number
  return view.conflicts.map(({ fromId, toId }) => `${number(fromId)}→${number(toId)}`)
}

export const RESOLUTION = '市融改纪〔2022〕3号第1项'

const insert = (table: string, row: Row) =>
  inTransaction((trx) => insertRow(trx, table, { version: 1, created_at: clock.now(), ...row }))

/** The first resolution of a meeting whose minutes are in this state. */
export async function givenResolution(state: string): Promise<number> {
  const body = { kind: 'leading_group', name: '领导小组', quorum: 'half', minutes_mark: '市融改纪' }
  const meetingId = await insert('meetings', {
    body_id: await insert('bodies', body),
    number: 1,
    title: '第1次会议',
    state,
    held_on: TODAY,
    starts_at: '09:00',
    place: '市委',
    issue: 3,
    issue_year: 2022,
    issue_no: '市融改纪〔2022〕3号',
  })
  return insert('resolutions', { meeting_id: meetingId, resolution_no: 1, content: '延期' })
}

export function givenTask(number: string): Promise<number> {
  return insert('tasks', {
    number,
    title: '核定编制',
    source_kind: 'plan',
    source: '五(三)2',
    state: 'active',
  })
}

export async function complete(taskId: number, at: string) {
  await inTransaction((trx) =>
    trx.from('tasks').where('id', taskId).update({ state: 'done', done_at: at })
  )
}
