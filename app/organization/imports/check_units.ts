import type { CheckSummary, ImportContext, ImportEffect, SourceRow } from '#shared/ports/imports'
import { UNIT_CLASSES, type UnitClass } from '../domain/codes.js'
import { unitNameKey } from '../domain/unit_names.js'
import { factsAsOf } from '../queries/unit_facts.js'
import { unitsByIds } from '../queries/units.js'
import { column, headersOf, RowReading } from './reading.js'
import { UnitBook } from './unit_book.js'
import {
  parseChangeWord,
  parsePart,
  parseSupervisor,
  splitNames,
  type ChangeWord,
  type UnitPart,
} from './unit_texts.js'

export const UNIT_FIELDS = [
  column('name', '名称', ['机构名称', '单位名称', '机构', '单位'], true),
  column('change', '改革方式', ['改革形式', '调整方式'], true),
  column('rank', '机构规格', ['规格', '级别']),
  column('unitClass', '公益类别', ['机构类别', '单位类别', '分类']),
  column('supervisor', '主管或归口', ['主管部门', '归口管理', '主管单位', '举办单位']),
  column('additional', '挂牌', ['加挂牌子', '增挂牌子']),
  column('parts', '由何组成', ['组成', '整合单位', '涉及单位']),
  column('basis', '依据', ['方案条款']),
]

/** One unit as the plan has it. */
export interface UnitParsed {
  /** Null: to be made. */
  unitId: number | null
  name: string
  change: ChangeWord
  rank: string | null
  unitClass: UnitClass | null
  supervisor: string | null
  /** The supervising body owns it: parent in the tree. */
  owned: boolean
  additional: string[]
  parts: UnitPart[]
  basis: string | null
  /** The facts differ from what is on record. */
  changesFacts: boolean
}

/** Judges the sheet of units as a whole: rows name each other. */
export async function checkUnits(
  rows: SourceRow[],
  { asOf }: ImportContext
): Promise<CheckSummary> {
  const headers = headersOf(UNIT_FIELDS)
  const own = rows.map((row) => row.cells.name?.text.trim() ?? '')
  const book = await UnitBook.open(own.filter((name) => name !== ''))
  const seen = new Map<string, number>()
  const verdicts = []
  for (const row of rows) {
    const reading = new RowReading(row, headers)
    const parsed = readUnit(reading, book, asOf)
    reading.once(seen, unitNameKey(parsed.name), 'name')
    verdicts.push(reading.verdict(...(await compared(parsed, reading, asOf))))
  }
  return { verdicts: [{ sheet: 'units', verdicts }], confirmations: book.confirmations() }
}

function readUnit(reading: RowReading, book: UnitBook, asOf: string): UnitParsed {
  const name = reading.required('name').replace(/\s+/g, '')
  const hit = name ? book.find(name, asOf) : null
  if (hit?.kind === 'ambiguous') reading.say('rejected', 'ambiguous_unit', 'name')
  const change = parseChangeWord(reading.text('change'))
  if (change === null) reading.say('rejected', 'unknown_value', 'change')
  const supervisor = parseSupervisor(reading.text('supervisor'))
  const parts = splitNames(reading.text('parts')).map((part) => wholeOrPart(part, book, asOf))
  if (!reading.rejected) {
    if (supervisor) mention(reading, book, supervisor.name, 'supervisor', asOf)
    for (const part of parts) mention(reading, book, part.name, 'parts', asOf)
  }
  return {
    unitId: hit?.kind === 'found' ? hit.unitId : null,
    name,
    change: change ?? 'none',
    rank: reading.text('rank') || null,
    unitClass: reading.code('unitClass', UNIT_CLASSES),
    supervisor: supervisor?.name ?? null,
    owned: supervisor?.owned ?? false,
    additional: splitNames(reading.text('additional')),
    parts,
    basis: reading.text('basis') || null,
    changesFacts: false,
  }
}

/** A unit whose whole name ends in 业务 is itself, not a part of another. */
function wholeOrPart(text: string, book: UnitBook, asOf: string): UnitPart {
  return book.find(text, asOf).kind === 'found' ? { name: text, business: null } : parsePart(text)
}

function mention(reading: RowReading, book: UnitBook, name: string, at: string, asOf: string) {
  if (book.mention(name, asOf) === 'ambiguous') reading.say('rejected', 'ambiguous_unit', at)
}

async function compared(
  parsed: UnitParsed,
  reading: RowReading,
  asOf: string
): Promise<[UnitParsed, ImportEffect]> {
  if (parsed.unitId === null) return [parsed, 'create']
  const facts = (await factsAsOf(asOf, [parsed.unitId])).get(parsed.unitId)
  const later = (await factsAsOf('9999-12-31', [parsed.unitId])).get(parsed.unitId)
  const unit = (await unitsByIds([parsed.unitId])).get(parsed.unitId)!
  const changes =
    unit.kind === 'external' ||
    (parsed.rank !== null && parsed.rank !== facts?.rank) ||
    (parsed.unitClass !== null && parsed.unitClass !== facts?.unitClass) ||
    (parsed.supervisor !== null && parsed.supervisor !== facts?.supervisor)
  if (changes && later && later.validFrom > asOf) {
    reading.say('warning', 'later_facts', '')
    return [parsed, 'none']
  }
  return [{ ...parsed, changesFacts: changes }, changes ? 'update' : 'same']
}
