import type { EmploymentType } from './codes.js'
import { fitsRange, type GradeRange } from './grade_range.js'
import type { Grade } from './grades.js'

/** What a post asks of whoever takes it. */
export interface PostDemands {
  /** Valid on the day in question. */
  open: boolean
  /** Null: any kind of employment. */
  employmentType: EmploymentType | null
  range: GradeRange | null
}

export type PostMisfit = 'post_closed' | 'post_employment' | 'grade_unfit'

/** Why somebody of this employment and grade cannot take the post; places are counted apart. */
export function postMisfits(
  post: PostDemands,
  staff: { employmentType: EmploymentType | null; grade: Grade | null }
): PostMisfit[] {
  const misfits: PostMisfit[] = []
  if (!post.open) misfits.push('post_closed')
  if (post.employmentType !== null && post.employmentType !== staff.employmentType) {
    misfits.push('post_employment')
  }
  if (post.range && (!staff.grade || !fitsRange(staff.grade, post.range))) {
    misfits.push('grade_unfit')
  }
  return misfits
}
