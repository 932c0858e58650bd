import type { PostCategory } from './codes.js'
import { normaliseCode, type TextNote } from './text.js'

type Level10 = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10

/** 岗位等级: 管理 1–10, 专技 1–13, 技术工 1–5 and below them 普通工. 1 is the highest. */
export type Grade =
  | `management_${Level10}`
  | `professional_${Level10 | 11 | 12 | 13}`
  | `support_${1 | 2 | 3 | 4 | 5 | 'ordinary'}`

/** The series of a grade is the category of the quota that a person of the grade fills. */
export type GradeSeries = PostCategory

export type ParsedGrade =
  { ok: true; grade: Grade; notes: (TextNote | 'normalised_code')[] } | { ok: false; value: string }

/** From 国人部发〔2006〕70号 (事业单位岗位设置管理试行办法): number of levels, highest first. */
const SERIES: readonly { series: GradeSeries; label: string; levels: number }[] = [
  { series: 'management', label: '管理', levels: 10 },
  { series: 'professional', label: '专技', levels: 13 },
  { series: 'support', label: '技术工', levels: 6 },
]
const SPELLINGS: Record<GradeSeries, RegExp> = {
  management: numbered('管理'),
  professional: numbered('(?:专业技术|专技)'),
  support: numbered('(?:技术工人?|工勤技能|工勤)'),
}
const ORDINARY = /^(?:普通工人?|普工)(?:岗位?)?$/
const ORDINARY_LEVEL = 6
const NUMERALS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** Every grade, highest first within its series, series in the order of the categories. */
export const GRADES: readonly Grade[] = SERIES.flatMap(({ series, levels }) =>
  Array.from({ length: levels }, (_, index) => gradeAt(series, index + 1))
)

/**
 * Reads a grade as offices write it: 管理七级, 专技十级, 专业技术十级岗位, 专技10, 技术工三级,
 * 普通工. `normalised_code` says that it was not the short official form.
 */
export function parseGrade(text: string): ParsedGrade {
  const { text: value, notes } = normaliseCode(text)
  const grade = ORDINARY.test(value) ? 'support_ordinary' : numberedGrade(value)
  if (!grade) return { ok: false, value }
  const official = value === formatGrade(grade)
  return { ok: true, grade, notes: official ? notes : [...notes, 'normalised_code'] }
}

/** The short official form: 管理七级, 专技十级, 技术工三级, 普通工. */
export function formatGrade(grade: Grade): string {
  if (grade === 'support_ordinary') return '普通工'
  const { label } = SERIES.find(({ series }) => series === seriesOf(grade))!
  return `${label}${toNumeral(levelOf(grade))}级`
}

/** True for a stored grade code. */
export function isGrade(code: unknown): code is Grade {
  return GRADES.includes(code as Grade)
}

export function seriesOf(grade: Grade): GradeSeries {
  return grade.slice(0, grade.lastIndexOf('_')) as GradeSeries
}

/** 1 is the highest of the series; 普通工 comes after 技术工五级. */
export function levelOf(grade: Grade): number {
  return grade === 'support_ordinary'
    ? ORDINARY_LEVEL
    : Number(grade.slice(grade.lastIndexOf('_') + 1))
}

/** The category of the quota that a person of this grade fills: the grade's series, not the post's. */
export function quotaCategoryOf(grade: Grade): PostCategory {
  return seriesOf(grade)
}

/** Order of all grades: by series, then from the highest down; for sorting. */
export function compareGrades(a: Grade, b: Grade): number {
  return GRADES.indexOf(a) - GRADES.indexOf(b)
}

function numberedGrade(value: string): Grade | null {
  for (const { series, levels } of SERIES) {
    const match = SPELLINGS[series].exec(value)
    if (!match) continue
    const level = fromNumeral(match[1])
    const highest = series === 'support' ? ORDINARY_LEVEL - 1 : levels
    return level >= 1 && level <= highest ? gradeAt(series, level) : null
  }
  return null
}

function numbered(series: string): RegExp {
  return new RegExp(`^${series}(?:人员|岗位?)?([一二三四五六七八九十]+|\\d+)级?(?:岗位?)?$`)
}

function gradeAt(series: GradeSeries, level: number): Grade {
  const last = series === 'support' && level === ORDINARY_LEVEL ? 'ordinary' : level
  return `${series}_${last}` as Grade
}

function toNumeral(level: number): string {
  return level < 10 ? NUMERALS[level] : `十${NUMERALS[level - 10]}`
}

/** 一 … 十三 or digits; anything else is 0, which is no level. */
function fromNumeral(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  if (text.length === 1) return text === '十' ? 10 : NUMERALS.indexOf(text)
  return text.length === 2 && text[0] === '十' && text[1] !== '十'
    ? 10 + NUMERALS.indexOf(text[1])
    : 0
}
