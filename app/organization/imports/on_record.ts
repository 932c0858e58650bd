import db from '@adonisjs/lucid/services/db'
import type { Row } from '#shared/database'
import type { SourceRow } from '#shared/ports/imports'
import type { DepartmentParsed, PostParsed } from './check_posts.js'
import { withoutColumn } from './reading.js'

/** Departments and posts as they are now, for comparison. */
export class OrganizationOnRecord {
  private constructor(
    readonly departments: Row[],
    readonly posts: Row[]
  ) {}

  static async load(): Promise<OrganizationOnRecord> {
    const posts = await db
      .from('posts')
      .join('departments', 'departments.id', 'posts.department_id')
      .whereNotNull('posts.code')
      .select('posts.*', 'departments.name as department')
    return new OrganizationOnRecord(await db.from('departments'), posts)
  }
}

/** A row as it would be written over what is on record. */
export interface Compared<Parsed> {
  parsed: Parsed
  same: boolean
}

const DEPARTMENT_COLUMNS = { frontLine: 'frontLine', weight: 'weight' }

export function departmentOnRecord(
  { departments }: OrganizationOnRecord,
  unitId: number | null,
  parsed: DepartmentParsed,
  sheet: SourceRow
): Compared<DepartmentParsed> {
  const row = departments.find((one) => Number(one.unit_id) === unitId && one.name === parsed.name)
  if (!row) return { parsed, same: false }
  const known = { frontLine: Boolean(row.front_line), weight: row.weight as string | null }
  const { frontLine, weight } = { ...parsed, ...withoutColumn(sheet, DEPARTMENT_COLUMNS, known) }
  const same = known.frontLine === frontLine && (weight === null || known.weight === weight)
  return {
    parsed: { ...parsed, frontLine, weight: weight ?? known.weight, id: Number(row.id) },
    same,
  }
}

const POST_COLUMNS = {
  category: 'category',
  gradeTop: 'gradeTop',
  gradeBottom: 'gradeBottom',
  coefficient: 'coefficient',
  frontLine: 'frontLine',
  mapsFrom: 'mapsFrom',
}

export function postOnRecord(
  { posts }: OrganizationOnRecord,
  unitId: number | null,
  parsed: PostParsed,
  sheet: SourceRow
): Compared<PostParsed> {
  const row = posts.find((one) => Number(one.unit_id) === unitId && one.code === parsed.code)
  if (!row) return { parsed, same: false }
  const known = {
    category: row.category,
    gradeTop: row.grade_top,
    gradeBottom: row.grade_bottom,
    coefficient: row.coefficient,
    frontLine: Boolean(row.front_line),
    mapsFrom: row.maps_from,
  }
  const whole = { ...parsed, ...withoutColumn(sheet, POST_COLUMNS, known), id: Number(row.id) }
  const same =
    row.department === whole.department &&
    Number(row.headcount) === whole.headcount &&
    known.frontLine === whole.frontLine &&
    Object.entries(postFacts(whole)).every(([column, value]) => row[column] === value)
  return { parsed: whole, same }
}

/** Columns of a post that a sheet gives as text. */
export function postFacts(parsed: PostParsed) {
  return {
    name: parsed.name,
    nature: parsed.nature,
    category: parsed.category,
    grade_top: parsed.gradeTop,
    grade_bottom: parsed.gradeBottom,
    employment_type: parsed.employmentType,
    coefficient: parsed.coefficient,
    maps_from: parsed.mapsFrom,
  }
}
