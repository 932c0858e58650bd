import db from '@adonisjs/lucid/services/db'
import { lastWorkdayOfMonth, type CalendarDays } from '#calendar/domain/working_days'
import { loadCalendar } from '#calendar/queries/load_calendar'
import { column, headersOf, RowReading } from '#organization/imports/reading'
import { UnitBook } from '#organization/imports/unit_book'
import { splitNames } from '#organization/imports/unit_texts'
import { isCivilDate } from '#shared/dates'
import type { CheckSummary, ImportContext, RowVerdict, SourceRow } from '#shared/ports/imports'
import { seatRoleOf, type BodyKind, type SeatRole } from '../domain/bodies.js'

export const GROUP_FIELDS = [
  column('role', '角色', ['职务角色'], true),
  column('title', '职务或单位', ['职务', '成员'], true),
]
export const BODY_FIELDS = [
  column('role', '角色', ['职务角色'], true),
  column('title', '单位', ['成员单位', '单位名称'], true),
]
export const TASK_FIELDS = [
  column('planNo', '序号', ['编号']),
  column('title', '任务', ['任务内容', '工作任务'], true),
  column('lead', '牵头单位', ['责任单位', '牵头部门'], true),
  column('support', '配合单位', ['配合部门', '参与单位']),
  column('due', '完成时限', ['完成时间', '时限'], true),
  column('basis', '依据', ['方案条款']),
]

export interface SeatParsed {
  kind: BodyKind
  role: SeatRole
  title: string
  /** The title is a unit's name. */
  isUnit: boolean
}

export interface TaskParsed {
  planNo: number | null
  title: string
  lead: string
  support: string[]
  /** Null: standing (长期). */
  dueOn: string | null
  basis: string
}

/** Judges the three sheets together: they name the same units. */
export async function checkPlan(
  sheets: Map<string, SourceRow[]>,
  { asOf }: ImportContext
): Promise<CheckSummary> {
  const book = await UnitBook.open()
  const calendar = await loadCalendar()
  const seats = await seatsOnRecord()
  const judgeSeats = (kind: 'leading_group' | 'joint_meeting') =>
    (sheets.get(kind) ?? []).map((row) => readSeat(row, kind, { book, seats, asOf }))
  const leadingGroup = judgeSeats('leading_group')
  const jointMeeting = judgeSeats('joint_meeting')
  const tasks = await readTasks(sheets.get('tasks') ?? [], { book, calendar, asOf })
  return {
    verdicts: [
      { sheet: 'leading_group', verdicts: leadingGroup },
      { sheet: 'joint_meeting', verdicts: jointMeeting },
      { sheet: 'tasks', verdicts: tasks },
    ],
    confirmations: book.confirmations(),
  }
}

interface SeatReading {
  book: UnitBook
  /** `kind\ntitle` of the living seats, and of the rows already read. */
  seats: Map<string, 'record' | number>
  asOf: string
}

function readSeat(row: SourceRow, kind: BodyKind, { book, seats, asOf }: SeatReading): RowVerdict {
  const reading = new RowReading(row, headersOf(GROUP_FIELDS))
  const role = seatRoleOf(reading.required('role'))
  if (role === null && reading.text('role')) reading.say('rejected', 'unknown_value', 'role')
  const title = reading.required('title').replace(/\s+/g, '')
  const isUnit = kind === 'joint_meeting' || role === 'member'
  if (isUnit && title && !reading.rejected && book.mention(title, asOf) === 'ambiguous') {
    reading.say('rejected', 'ambiguous_unit', 'title')
  }
  const key = `${kind}\n${title}`
  const known = seats.get(key)
  if (typeof known === 'number') reading.say('rejected', 'repeated', 'title', { row: known })
  if (known === undefined) seats.set(key, row.number)
  const parsed: SeatParsed = { kind, role: role ?? 'member', title, isUnit }
  return reading.verdict(parsed, known === 'record' ? 'same' : 'create')
}

async function readTasks(
  rows: SourceRow[],
  { book, calendar, asOf }: { book: UnitBook; calendar: CalendarDays; asOf: string }
): Promise<RowVerdict[]> {
  const onRecord = await db.from('tasks').where('source_kind', 'plan').select('plan_no', 'title')
  const byNo = new Map(onRecord.map((row) => [Number(row.plan_no), row.title as string]))
  const titles = new Set(onRecord.map(({ title }) => title as string))
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const reading = new RowReading(row, headersOf(TASK_FIELDS))
    const parsed = readTask(reading, calendar)
    for (const [field, names] of [
      ['lead', [parsed.lead]],
      ['support', parsed.support],
    ] as const) {
      for (const name of names) {
        if (!name || reading.rejected) continue
        if (book.mention(name, asOf) === 'ambiguous') {
          reading.say('rejected', 'ambiguous_unit', field)
        }
      }
    }
    const key = String(parsed.planNo ?? parsed.title)
    reading.once(seen, key, 'planNo')
    const there = parsed.planNo === null ? titles.has(parsed.title) : byNo.has(parsed.planNo)
    if (there && parsed.planNo !== null && byNo.get(parsed.planNo) !== parsed.title) {
      reading.say('warning', 'task_differs', 'title', { title: byNo.get(parsed.planNo)! })
    }
    return reading.verdict(parsed, there ? 'same' : 'create')
  })
}

function readTask(reading: RowReading, calendar: CalendarDays): TaskParsed {
  const lead = reading.required('lead').replace(/\s+/g, '')
  const support = splitNames(reading.text('support')).filter((name) => name !== lead)
  return {
    planNo: reading.count('planNo'),
    title: reading.required('title').slice(0, 500),
    lead,
    support: [...new Set(support)],
    dueOn: dueOf(reading, calendar),
    basis: reading.text('basis').slice(0, 200),
  }
}

/** 长期 is standing; a month without a day means its last working day. */
function dueOf(reading: RowReading, calendar: CalendarDays): string | null {
  const text = reading.required('due').normalize('NFKC').replace(/\s+/g, '')
  if (text === '' || ['长期', '常态', '常态化', '持续', '长期坚持'].includes(text)) return null
  const match = /^(\d{4})[年./-](\d{1,2})(?:月|[./-](\d{1,2})日?|月(\d{1,2})日)?(?:底|前)?$/.exec(
    text
  )
  const month = match ? `${match[1]}-${match[2].padStart(2, '0')}` : ''
  const day = match?.[3] ?? match?.[4]
  const date = day ? `${month}-${day.padStart(2, '0')}` : month && `${month}-01`
  if (!isCivilDate(date)) {
    reading.say('rejected', 'unreadable_due', 'due')
    return null
  }
  return day ? date : lastWorkdayOfMonth(calendar, month)
}

async function seatsOnRecord(): Promise<Map<string, 'record' | number>> {
  const rows = await db
    .from('body_seats')
    .join('bodies', 'bodies.id', 'body_seats.body_id')
    .whereNull('body_seats.valid_to')
    .select('bodies.kind', 'body_seats.title')
  return new Map(rows.map((row) => [`${row.kind}\n${row.title}`, 'record' as const]))
}
