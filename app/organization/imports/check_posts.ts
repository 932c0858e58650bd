import type { CheckSummary, ImportContext, RowVerdict, SourceRow } from '#shared/ports/imports'
import {
  EMPLOYMENT_TYPES,
  POST_CATEGORIES,
  POST_NATURES,
  type EmploymentType,
  type PostCategory,
  type PostNature,
} from '../domain/codes.js'
import { gradeRange } from '../domain/grade_range.js'
import { parseGrade, type Grade } from '../domain/grades.js'
import {
  departmentOnRecord,
  OrganizationOnRecord,
  postOnRecord,
  type Compared,
} from './on_record.js'
import { column, headersOf, RowReading } from './reading.js'
import { UnitBook } from './unit_book.js'

export const DEPARTMENT_FIELDS = [
  column('unit', '单位', ['机构', '所属单位'], true),
  column('department', '部门', ['部门名称', '科室', '内设机构'], true),
  column('frontLine', '一线采编', ['是否一线']),
  column('weight', '部门权重', ['权重']),
]
export const POST_FIELDS = [
  column('unit', '单位', ['机构', '所属单位'], true),
  column('department', '部门', ['部门名称', '科室', '内设机构'], true),
  column('code', '岗位编码', ['编码', '岗位代码'], true),
  column('post', '岗位', ['岗位名称'], true),
  column('nature', '岗位性质', ['岗位类型'], true),
  column('category', '岗位类别', ['类别']),
  column('gradeTop', '最高等级', []),
  column('gradeBottom', '最低等级', []),
  column('employment', '用工', ['用工形式', '用工类型'], true),
  column('headcount', '人数', ['岗位数', '核定人数'], true),
  column('coefficient', '岗位价值系数', ['系数', '价值系数']),
  column('frontLine', '一线采编', ['是否一线']),
  column('mapsFrom', '对应原岗位', ['原岗位']),
]

export interface DepartmentParsed {
  unit: string
  name: string
  frontLine: boolean
  weight: string | null
  /** Null: to be made. */
  id: number | null
}

export interface PostParsed {
  unit: string
  department: string
  code: string
  name: string
  nature: PostNature
  category: PostCategory | null
  gradeTop: Grade | null
  gradeBottom: Grade | null
  employmentType: EmploymentType
  headcount: number
  coefficient: string | null
  frontLine: boolean
  mapsFrom: string | null
  id: number | null
}

/** Judges departments and posts together: a post names a department of either. */
export async function checkPosts(
  sheets: Map<string, SourceRow[]>,
  { asOf }: ImportContext
): Promise<CheckSummary> {
  const book = await UnitBook.open()
  const record = await OrganizationOnRecord.load()
  const unitOf = (reading: RowReading): string => {
    const name = reading.required('unit')
    const mentioned = name && !reading.rejected ? book.mention(name, asOf) : 'known'
    if (mentioned === 'ambiguous') reading.say('rejected', 'ambiguous_unit', 'unit')
    if (mentioned === 'unknown') reading.say('warning', 'unknown_unit', 'unit')
    return name
  }
  const unitIdOf = (name: string) => {
    const hit = book.find(name, asOf)
    return hit.kind === 'found' ? hit.unitId : null
  }
  const departments = judgeAll(sheets.get('departments') ?? [], DEPARTMENT_FIELDS, {
    read: (reading) => readDepartment(reading, unitOf),
    key: ({ unit, name }) => `${unit}\n${name}`,
    keyField: 'department',
    compare: (parsed, row) => departmentOnRecord(record, unitIdOf(parsed.unit), parsed, row),
  })
  const posts = judgeAll(sheets.get('posts') ?? [], POST_FIELDS, {
    read: (reading) => readPost(reading, unitOf),
    key: ({ unit, code }) => `${unit}\n${code}`,
    keyField: 'code',
    compare: (parsed, row) => postOnRecord(record, unitIdOf(parsed.unit), parsed, row),
  })
  return {
    verdicts: [
      { sheet: 'departments', verdicts: departments },
      { sheet: 'posts', verdicts: posts },
    ],
    confirmations: book.confirmations(),
  }
}

interface Judging<Parsed> {
  read: (reading: RowReading) => Parsed
  /** Two rows of a sheet with the same key are a repetition. */
  key: (parsed: Parsed) => string
  keyField: string
  compare: (parsed: Parsed, row: SourceRow) => Compared<Parsed>
}

function judgeAll<Parsed extends { id: number | null }>(
  rows: SourceRow[],
  fields: typeof POST_FIELDS,
  { read, key, keyField, compare }: Judging<Parsed>
): RowVerdict[] {
  const headers = headersOf(fields)
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const reading = new RowReading(row, headers)
    const given = read(reading)
    reading.once(seen, key(given), keyField)
    const { parsed, same } = compare(given, row)
    const effect = parsed.id === null ? 'create' : same ? 'same' : 'update'
    return reading.verdict(parsed, effect)
  })
}

function readDepartment(
  reading: RowReading,
  unitOf: (reading: RowReading) => string
): DepartmentParsed {
  return {
    unit: unitOf(reading),
    name: reading.required('department'),
    frontLine: reading.yes('frontLine'),
    weight: reading.decimal('weight'),
    id: null,
  }
}

function readPost(reading: RowReading, unitOf: (reading: RowReading) => string): PostParsed {
  const gradeTop = grade(reading, 'gradeTop')
  const gradeBottom = grade(reading, 'gradeBottom')
  const range = gradeRange({ top: gradeTop, bottom: gradeBottom })
  if (!range.ok && !reading.rejected) reading.say('rejected', range.error, 'gradeBottom')
  return {
    unit: unitOf(reading),
    department: reading.required('department'),
    code: reading.required('code'),
    name: reading.required('post'),
    nature: reading.code('nature', POST_NATURES, true)!,
    category: reading.code('category', POST_CATEGORIES),
    gradeTop,
    gradeBottom,
    employmentType: reading.code('employment', EMPLOYMENT_TYPES, true)!,
    headcount: reading.count('headcount', true)!,
    coefficient: reading.decimal('coefficient'),
    frontLine: reading.yes('frontLine'),
    mapsFrom: reading.text('mapsFrom') || null,
    id: null,
  }
}

function grade(reading: RowReading, at: string): Grade | null {
  const text = reading.text(at)
  if (text === '') return null
  const parsed = parseGrade(text)
  if (!parsed.ok) reading.say('rejected', 'unknown_value', at)
  return parsed.ok ? parsed.grade : null
}
