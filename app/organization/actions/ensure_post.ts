import { clock } from '#shared/clock'
import { insertRow, isUniqueViolation, type Trx } from '#shared/database'
import type { EmploymentType, PostCategory, PostNature } from '../domain/codes.js'

export interface PostInput {
  unitId: number
  departmentId: number
  name: string
  nature: PostNature
  validFrom: string
  code?: string | null
  category?: PostCategory | null
  gradeTop?: string | null
  gradeBottom?: string | null
  employmentType?: EmploymentType | null
  /** Null: made from a roster, number not approved. */
  headcount?: number | null
  /** Exact decimal text, e.g. `1.35`. */
  coefficient?: string | null
  frontLine?: boolean
  /** 对应原岗位 */
  mapsFrom?: string | null
  requirements?: string | null
}

/**
 * The post of a unit by its code, or without one by department, name, nature and kind of
 * employment; made when there is none. Returns its id; what is there is not changed.
 */
export async function ensurePost(trx: Trx, input: PostInput): Promise<number> {
  const known = await findPost(trx, input)
  if (known) return known
  try {
    return await insertRow(trx, 'posts', {
      ...postColumns(input),
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const other = await findPost(trx, input, true)
    if (!other) throw error
    return other
  }
}

/** The columns of a post as the table has them. */
export function postColumns(input: PostInput) {
  return {
    unit_id: input.unitId,
    department_id: input.departmentId,
    code: input.code ?? null,
    name: input.name.trim(),
    nature: input.nature,
    category: input.category ?? null,
    grade_top: input.gradeTop ?? null,
    grade_bottom: input.gradeBottom ?? null,
    employment_type: input.employmentType ?? null,
    headcount: input.headcount ?? null,
    coefficient: input.coefficient ?? null,
    front_line: input.frontLine ?? false,
    maps_from: input.mapsFrom ?? null,
    requirements: input.requirements ?? null,
    valid_from: input.validFrom,
  }
}

async function findPost(trx: Trx, input: PostInput, locking = false): Promise<number | null> {
  const query = trx.from('posts').where('unit_id', input.unitId).orderBy('id')
  if (input.code) {
    query.where('code', input.code)
  } else {
    query.where({
      department_id: input.departmentId,
      name: input.name.trim(),
      nature: input.nature,
    })
    if (input.employmentType) query.where('employment_type', input.employmentType)
    else query.whereNull('employment_type')
  }
  if (locking) query.forUpdate()
  const row = await query.first()
  return row ? Number(row.id) : null
}
