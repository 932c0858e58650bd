import db from '@adonisjs/lucid/services/db'
import { EMPLOYMENT_TYPES } from '#organization/domain/codes'
import { parseGrade } from '#organization/domain/grades'
import { column, headersOf, RowReading } from '#organization/imports/reading'
import { resolveUnit } from '#organization/queries/resolve_unit'
import { parseYuan } from '#shared/money'
import type { CheckSummary, ImportContext, RowVerdict, SourceRow } from '#shared/ports/imports'
import type { TotalInput } from '../actions/totals.js'
import { PAY_CLASSES, type PayClass } from '../domain/runs.js'

export const TOTAL_FIELDS = [
  column('unit', '单位', [], true),
  column('year', '年度', ['年份'], true),
  column('class', '类别', ['人员类别'], true),
  column('headcount', '核定人数', ['人数']),
  column('total', '年度总量(元)', ['年度总量'], true),
  column('basic', '其中基础性', ['基础性', '基础性绩效'], true),
  column('incentive', '其中奖励性', ['奖励性', '奖励性绩效'], true),
  column('document', '批复文号', ['文号'], true),
]
export const POST_FIELDS = [
  column('level', '岗位等级', ['等级'], true),
  column('monthly', '月标准(元)', ['月标准'], true),
  column('from', '起始日期', ['执行日期'], true),
]
export const STEP_FIELDS = [
  column('level', '薪级', [], true),
  column('monthly', '月标准(元)', ['月标准'], true),
  column('from', '起始日期', ['执行日期'], true),
]

/** Standards of the sample workbook have been superseded since: they are marked wherever shown. */
const NOTE_2006 = '2006年标准（试验值）'

export type TotalParsed = Omit<TotalInput, 'documentId' | 'importId'> & { document: string }
export interface StandardParsed {
  kind: 'post' | 'step'
  level: string
  monthlyFen: number
  validFrom: string
  note: string | null
}

/** Judges totals and standards row by row: whose they are, what they say, what is there already. */
export async function checkTables(
  sheets: Map<string, SourceRow[]>,
  context: ImportContext
): Promise<CheckSummary> {
  const totals: RowVerdict[] = []
  const seen = new Map<string, number>()
  for (const row of sheets.get('totals') ?? []) totals.push(await judgeTotal(row, context, seen))
  const stored = await storedStandards()
  const standards = (key: 'post' | 'step') =>
    (sheets.get(`${key}_standards`) ?? []).map((row) => judgeStandard(row, key, stored, seen))
  return {
    verdicts: [
      { sheet: 'totals', verdicts: totals },
      { sheet: 'post_standards', verdicts: standards('post') },
      { sheet: 'step_standards', verdicts: standards('step') },
    ],
  }
}

async function judgeTotal(
  row: SourceRow,
  { asOf }: ImportContext,
  seen: Map<string, number>
): Promise<RowVerdict> {
  const reading = new RowReading(row, headersOf(TOTAL_FIELDS))
  const name = reading.required('unit')
  const unit = name ? await resolveUnit(name, asOf) : null
  if (unit && unit.kind !== 'found') reading.say('rejected', 'unknown_unit', 'unit')
  const code = reading.code('class', EMPLOYMENT_TYPES, true)
  const employmentType = PAY_CLASSES.find((one) => one === code)
  if (code && !employmentType) reading.say('rejected', 'unknown_value', 'class')
  const year = reading.count('year', true)
  const headcount = reading.count('headcount')
  const [total, basicFen, incentiveFen] = ['total', 'basic', 'incentive'].map((field) =>
    amount(reading, field)
  )
  const document = reading.required('document')
  if (
    total !== null &&
    basicFen !== null &&
    incentiveFen !== null &&
    basicFen + incentiveFen !== total
  ) {
    reading.say('rejected', 'parts_differ', 'total')
  }
  if (reading.rejected || unit?.kind !== 'found') return reading.verdict(null, 'none')
  const key = `${unit.unitId}:${year}:${employmentType}`
  reading.once(seen, key, 'unit')
  const parsed: TotalParsed = {
    unitId: unit.unitId,
    year: year!,
    employmentType: employmentType as PayClass,
    headcount,
    basicFen: basicFen!,
    incentiveFen: incentiveFen!,
    reason: null,
    document,
  }
  return reading.verdict(parsed, await effectOfTotal(parsed))
}

/** The same document again adds nothing. */
async function effectOfTotal(parsed: TotalParsed) {
  const versions = await db
    .from('pay_total_versions as v')
    .join('pay_totals as t', 't.id', 'v.total_id')
    .join('documents as d', 'd.id', 'v.document_id')
    .where({ 't.unit_id': parsed.unitId, 't.year': parsed.year })
    .where({ 't.employment_type': parsed.employmentType, 'd.document_no': parsed.document })
    .whereNot('v.state', 'returned')
    .where({ 'v.basic_fen': parsed.basicFen, 'v.incentive_fen': parsed.incentiveFen })
  return versions.length ? ('same' as const) : ('create' as const)
}

function judgeStandard(
  row: SourceRow,
  kind: 'post' | 'step',
  stored: Map<string, number>,
  seen: Map<string, number>
): RowVerdict {
  const reading = new RowReading(row, headersOf(kind === 'post' ? POST_FIELDS : STEP_FIELDS))
  const level = kind === 'post' ? gradeOf(reading) : reading.count('level', true)
  const monthlyFen = amount(reading, 'monthly')
  const validFrom = reading.date('from')
  if (reading.rejected) return reading.verdict(null, 'none')
  const parsed: StandardParsed = {
    kind,
    level: String(level),
    monthlyFen: monthlyFen!,
    validFrom: validFrom!,
    note: validFrom!.startsWith('2006') ? NOTE_2006 : null,
  }
  const key = `${kind}:${parsed.level}:${validFrom}`
  reading.once(seen, key, 'level')
  const before = stored.get(key)
  const effect = before === undefined ? 'create' : before === monthlyFen ? 'same' : 'update'
  return reading.verdict(parsed, effect)
}

function gradeOf(reading: RowReading): string | null {
  const text = reading.required('level')
  const parsed = text ? parseGrade(text) : null
  if (parsed && !parsed.ok) reading.say('rejected', 'unknown_value', 'level')
  return parsed?.ok ? parsed.grade : null
}

function amount(reading: RowReading, field: string): number | null {
  const text = reading.required(field)
  const fen = text ? parseYuan(text) : null
  if (text && (fen === null || fen < 0)) reading.say('rejected', 'not_an_amount', field)
  return fen
}

async function storedStandards(): Promise<Map<string, number>> {
  const rows = await db.from('pay_standards').where('live', 1)
  return new Map(
    rows.map((row) => [`${row.kind}:${row.level}:${row.valid_from}`, Number(row.monthly_fen)])
  )
}
