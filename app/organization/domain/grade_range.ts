import { CATEGORY_ORDER } from './codes.js'
import { GRADES, levelOf, seriesOf, type Grade } from './grades.js'

/** The grades a post allows, from `top` (最高等级) to `bottom` (最低等级). */
export interface GradeRange {
  top: Grade
  bottom: Grade
}

export type GradeRangeResult =
  | { ok: true; range: GradeRange | null }
  | { ok: false; error: 'grade_range_half_open' | 'grade_range_reversed' }

/**
 * Builds the range of a post. Both ends empty means no limit (`range: null`, posts of contract
 * staff); one alone is refused, and so is a bottom that stands above the top.
 */
export function gradeRange(ends: { top: Grade | null; bottom: Grade | null }): GradeRangeResult {
  const { top, bottom } = ends
  if (!top && !bottom) return { ok: true, range: null }
  if (!top || !bottom) return { ok: false, error: 'grade_range_half_open' }
  const [first, second] = [top, bottom].map((grade) => CATEGORY_ORDER.indexOf(seriesOf(grade)))
  const reversed = first === second ? levelOf(top) > levelOf(bottom) : first > second
  return reversed
    ? { ok: false, error: 'grade_range_reversed' }
    : { ok: true, range: { top, bottom } }
}

/**
 * Does the grade fit? Within one series: between the ends. Across two: in the first from the top
 * down to its lowest, in the second from the bottom up to its highest; a series between them is
 * not meant. (专技五级→普通工: 专技 5–13 and all of 技术工 with 普通工; no 管理.)
 */
export function fitsRange(grade: Grade, range: GradeRange | null): boolean {
  if (!range) return true
  const series = seriesOf(grade)
  const level = levelOf(grade)
  const inFirst = series === seriesOf(range.top) && level >= levelOf(range.top)
  const inSecond = series === seriesOf(range.bottom) && level <= levelOf(range.bottom)
  return seriesOf(range.top) === seriesOf(range.bottom) ? inFirst && inSecond : inFirst || inSecond
}

/** Every grade of the range, highest first. */
export function gradesIn(range: GradeRange | null): Grade[] {
  return GRADES.filter((grade) => fitsRange(grade, range))
}
