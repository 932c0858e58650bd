import db from '@adonisjs/lucid/services/db'
import type { Row } from '#shared/database'
import type { DepartmentParsed, PostParsed } from './check_posts.js'

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

export function departmentOnRecord(
  { departments }: OrganizationOnRecord,
  unitId: number | null,
  { name, frontLine, weight }: DepartmentParsed
) {
  const row = departments.find((one) => Number(one.unit_id) === unitId && one.name === name)
  if (!row) return { id: null, same: false }
  const same = Boolean(row.front_line) === frontLine && (weight === null || row.weight === weight)
  return { id: Number(row.id), same }
}

export function postOnRecord(
  { posts }: OrganizationOnRecord,
  unitId: number | null,
  parsed: PostParsed
) {
  const row = posts.find((one) => Number(one.unit_id) === unitId && one.code === parsed.code)
  if (!row) return { id: null, same: false }
  const same =
    row.department === parsed.department &&
    Number(row.headcount) === parsed.headcount &&
    Boolean(row.front_line) === parsed.frontLine &&
    Object.entries(postFacts(parsed)).every(([column, value]) => row[column] === value)
  return { id: Number(row.id), same }
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
