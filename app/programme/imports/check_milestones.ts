import { loadCalendar } from '#calendar/queries/load_calendar'
import type { CalendarDays } from '#calendar/domain/working_days'
import { splitNames } from '#organization/imports/unit_texts'
import { column, headersOf, RowReading } from '#organization/imports/reading'
import { UnitBook } from '#organization/imports/unit_book'
import type { CheckSummary, ImportContext, ImportEffect, SourceRow } from '#shared/ports/imports'
import { circleClosedBy } from '../domain/circles.js'
import { dateConflicts, yearSlip } from '../domain/conflicts.js'
import type { Plan, PlanLink } from '../domain/plan.js'
import { readPrintedDate } from '../domain/printed_date.js'
import { findPlan, type PlanOnRecord } from '../queries/plan.js'

export const MILESTONE_FIELDS = [
  column('number', '序号', ['编号'], true),
  column('name', '里程碑', ['里程碑事项', '工作任务', '重点任务'], true),
  column('due', '计划完成时间', ['完成时间', '完成时限', '时间节点'], true),
  column('units', '责任单位', ['牵头单位', '责任部门'], true),
  column('after', '前置', ['前置任务', '前置里程碑', '紧前']),
  column('basis', '依据', ['方案条款']),
]

export interface MilestoneParsed {
  number: string
  name: string
  /** As printed, and the day that it means. */
  printedDue: string
  fixedOn: string
  fixedMonth: string | null
  printedUnits: string
  units: string[]
  after: string[]
  basis: string | null
}

interface Read {
  reading: RowReading
  parsed: MilestoneParsed
}

/** Judges the sheet as a whole: milestones name each other, and their dates must fit together. */
export async function checkMilestones(
  rows: SourceRow[],
  context: ImportContext
): Promise<CheckSummary> {
  const calendar = await loadCalendar()
  const book = await UnitBook.open()
  const record = await findPlan()
  const read = rows.map((row) => readRow(row, calendar, book, context.asOf))
  refuseRepeated(read)
  refuseLinks(read, record)
  warnOfConflicts(read, calendar, context)
  const verdicts = read.map(({ reading, parsed }) =>
    reading.verdict(parsed, effectOf(reading, parsed, record))
  )
  return { verdicts: [{ sheet: 'milestones', verdicts }], confirmations: book.confirmations() }
}

function readRow(row: SourceRow, calendar: CalendarDays, book: UnitBook, asOf: string): Read {
  const reading = new RowReading(row, headersOf(MILESTONE_FIELDS))
  const printedDue = reading.required('due')
  const date = printedDue ? readPrintedDate(printedDue, calendar) : null
  if (printedDue && !date) reading.say('rejected', 'invalid_date', 'due')
  if (date?.month) reading.say('note', 'month_end', 'due', { date: date.date })
  const units = splitNames(reading.required('units'))
  const name = reading.required('name')
  const number = reading.required('number')
  if (!reading.rejected) {
    for (const unit of units) {
      if (book.mention(unit, asOf) === 'ambiguous')
        reading.say('rejected', 'ambiguous_unit', 'units')
    }
    if (units.length > 1) reading.say('note', 'first_unit_leads', 'units', { unit: units[0] })
  }
  return {
    reading,
    parsed: {
      number: number.slice(0, 20),
      name: name.slice(0, 200),
      printedDue,
      fixedOn: date?.date ?? '',
      fixedMonth: date?.month ?? null,
      printedUnits: reading.text('units'),
      units,
      after: splitNames(reading.text('after')),
      basis: reading.text('basis') || null,
    },
  }
}

function refuseRepeated(read: readonly Read[]) {
  const seen = new Map<string, number>()
  for (const { reading, parsed } of read) reading.once(seen, parsed.number, 'number')
}

/** What a milestone waits for must be there, and never itself in the end. */
function refuseLinks(read: readonly Read[], record: PlanOnRecord | null) {
  const known = new Set([
    ...(record?.items.map(({ number }) => number) ?? []),
    ...read.filter(({ reading }) => !reading.rejected).map(({ parsed }) => parsed.number),
  ])
  const links: PlanLink[] = []
  const position = new Map(read.map(({ parsed }, index) => [parsed.number, index]))
  for (const { reading, parsed } of read) {
    const unknown = parsed.after.find((number) => !known.has(number))
    if (unknown) reading.say('rejected', 'unknown_predecessor', 'after', { number: unknown })
    for (const number of parsed.after) {
      const from = position.get(number)
      if (from === undefined) continue
      const link = { fromId: from, toId: position.get(parsed.number)! }
      const circle = circleClosedBy(links, link)
      if (circle) reading.say('rejected', 'circle', 'after', { numbers: parsed.after.join('、') })
      else links.push({ ...link, type: 'FS', lag: 0 })
    }
  }
}

/** Both ends of a contradiction and what would make it go; the row is kept as it is printed. */
function warnOfConflicts(
  read: readonly Read[],
  calendar: CalendarDays,
  { answers, asOf }: ImportContext
) {
  const kept = read.filter(({ reading }) => !reading.rejected)
  const ids = new Map(kept.map(({ parsed }, index) => [parsed.number, index]))
  const plan: Plan = {
    startsOn: answers.starts_on || asOf,
    yellowDays: 0,
    items: kept.map(({ parsed }, id) => ({
      id,
      kind: 'milestone',
      duration: 0,
      notBefore: null,
      fixedOn: parsed.fixedOn,
      fixedMonth: parsed.fixedMonth,
      startedOn: null,
      finishedOn: null,
      remainingDays: null,
      remainingAsOf: null,
    })),
    links: kept.flatMap(({ parsed }, toId) =>
      parsed.after
        .filter((number) => ids.has(number))
        .map((number) => ({ fromId: ids.get(number)!, toId, type: 'FS' as const, lag: 0 }))
    ),
  }
  for (const conflict of dateConflicts(plan, calendar)) {
    const [from, to] = [kept[conflict.fromId], kept[conflict.toId]]
    const slip = yearSlip(plan, calendar, conflict)
    const ends = {
      from: `${from.parsed.number} ${from.parsed.name}`,
      from_due: from.parsed.printedDue,
      to: `${to.parsed.number} ${to.parsed.name}`,
      to_due: to.parsed.printedDue,
    }
    const code = slip ? 'date_conflict_slip' : 'date_conflict'
    const numbers = slip?.map(({ itemId }) => kept[itemId].parsed.number).join('、') ?? ''
    const date = slip?.find(({ itemId }) => itemId === conflict.fromId)?.after ?? ''
    to.reading.say('warning', code, 'due', slip ? { ...ends, numbers, date } : ends)
  }
}

/** A milestone on record keeps its date: only a resolution changes it, never a sheet. */
function effectOf(
  reading: RowReading,
  parsed: MilestoneParsed,
  record: PlanOnRecord | null
): ImportEffect {
  const known = record?.items.find(({ number }) => number === parsed.number)
  if (!known) return 'create'
  const before = [known.name, known.printedDue, known.printedUnits, known.basis]
  const now = [parsed.name, parsed.printedDue, parsed.printedUnits, parsed.basis]
  if (before.every((value, index) => value === now[index])) return 'same'
  reading.say('warning', 'plan_differs', '')
  return 'none'
}
