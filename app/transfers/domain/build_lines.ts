import { CATEGORY_ORDER, FUNDING_ORDER } from '#organization/domain/codes'
import type {
  EmploymentType,
  FundingType,
  PostCategory,
  PostNature,
} from '#organization/domain/codes'
import { fitsRange } from '#organization/domain/grade_range'
import { quotaCategoryOf, type Grade } from '#organization/domain/grades'
import type { TransferLine } from './lines.js'
import { paidMonths } from './paid_months.js'

/** A person's open main assignment, as a rule reads it. */
export interface PersonRow {
  personId: number
  assignmentId: number
  unitId: number
  employmentType: EmploymentType
  fundingType: FundingType | null
  quotaCategory: PostCategory | null
  grade: Grade | null
  postName: string | null
  postNature: PostNature | null
}

/** A post of the target unit. */
export interface TargetPost {
  id: number
  departmentId: number
  name: string
  nature: PostNature
  employmentType: EmploymentType | null
  gradeTop: Grade | null
  gradeBottom: Grade | null
  /** Places still free; null: no limit. */
  free: number | null
  /** 对应原岗位: names of old posts whose people come here. */
  mapsFrom: readonly string[]
}

/** Vacant seats of one kind in one unit. */
export interface VacantSeats {
  unitId: number
  fundingType: FundingType
  category: PostCategory
  vacant: number
}

export interface Rule {
  toUnitId: number
  effectiveOn: string
  /** false: people go without their seats. */
  withQuota: boolean
}

/**
 * Lines of a rule: every person to the target unit with the same employment and funding, the post
 * by 对应原岗位, and the vacant seats as lines without a person. People first, in the order given;
 * then seats by unit, funding and category. Nobody is left out for want of a post.
 */
export function buildLines(
  rule: Rule,
  people: readonly PersonRow[],
  seats: readonly VacantSeats[],
  posts: readonly TargetPost[]
): TransferLine[] {
  const places = new PostPlaces(posts)
  return [
    ...people.map((person) => personLine(rule, person, places.take(person))),
    ...[...seats]
      .filter(({ vacant }) => vacant > 0)
      .sort(bySeat)
      .map((seat) => seatLine(rule.toUnitId, seat)),
  ]
}

/** One person's line; `post` null leaves the post open. */
export function personLine(rule: Rule, person: PersonRow, post: TargetPost | null): TransferLine {
  const establishment = person.employmentType === 'establishment'
  return {
    kind: establishment && rule.withQuota ? 'person_with_quota' : 'person_without_quota',
    personId: person.personId,
    assignmentId: person.assignmentId,
    quantity: 1,
    fromUnitId: person.unitId,
    toUnitId: rule.toUnitId,
    toDepartmentId: post?.departmentId ?? null,
    toPostId: post?.id ?? null,
    employmentType: person.employmentType,
    toEmploymentType: person.employmentType,
    fundingType: person.fundingType,
    category: establishment && person.grade ? quotaCategoryOf(person.grade) : null,
    grade: person.grade,
    ...paidMonths(rule.effectiveOn),
  }
}

/** The post that takes people of the person's present post (对应原岗位), places left aside. */
export function mappedPost<Post extends TargetPost>(
  posts: readonly Post[],
  { postName, employmentType }: Pick<PersonRow, 'postName' | 'employmentType'>
): Post | null {
  if (postName === null) return null
  const takes = (post: Post) =>
    post.mapsFrom.includes(postName) &&
    (post.employmentType === null || post.employmentType === employmentType)
  return posts.find(takes) ?? null
}

/** A line for vacant seats of one kind. */
export function seatLine(toUnitId: number, seat: VacantSeats): TransferLine {
  return {
    kind: 'quota_only',
    personId: null,
    assignmentId: null,
    quantity: seat.vacant,
    fromUnitId: seat.unitId,
    toUnitId,
    toDepartmentId: null,
    toPostId: null,
    employmentType: null,
    toEmploymentType: null,
    fundingType: seat.fundingType,
    category: seat.category,
    grade: null,
    paidThrough: null,
    paidFrom: null,
  }
}

/** Splits 对应原岗位 as offices write it: 、 ， ; / or line breaks between names. */
export function mappedNames(text: string | null): string[] {
  return (text ?? '')
    .split(/[、，,;；/\n]+/)
    .map((name) => name.trim())
    .filter(Boolean)
}

/** Gives places out in order, so that a post with a limit is filled and then passed over. */
class PostPlaces {
  private readonly free: Map<number, number | null>

  constructor(private readonly posts: readonly TargetPost[]) {
    this.free = new Map(posts.map(({ id, free }) => [id, free]))
  }

  take(person: PersonRow): TargetPost | null {
    if (!person.postName) return null
    const fitting = this.posts.filter(
      (post) =>
        (post.employmentType === null || post.employmentType === person.employmentType) &&
        post.mapsFrom.includes(person.postName!)
    )
    const post =
      fitting.find((one) => this.hasPlace(one) && fits(person, one)) ??
      fitting.find((one) => fits(person, one)) ??
      fitting[0] ??
      null
    if (post) this.free.set(post.id, lessOne(this.free.get(post.id) ?? null))
    return post
  }

  private hasPlace({ id }: TargetPost): boolean {
    const free = this.free.get(id) ?? null
    return free === null || free > 0
  }
}

function fits({ grade }: PersonRow, { gradeTop, gradeBottom }: TargetPost): boolean {
  if (!gradeTop || !gradeBottom) return true
  return grade !== null && fitsRange(grade, { top: gradeTop, bottom: gradeBottom })
}

function lessOne(free: number | null): number | null {
  return free === null ? null : free - 1
}

function bySeat(a: VacantSeats, b: VacantSeats): number {
  return (
    a.unitId - b.unitId ||
    FUNDING_ORDER.indexOf(a.fundingType) - FUNDING_ORDER.indexOf(b.fundingType) ||
    CATEGORY_ORDER.indexOf(a.category) - CATEGORY_ORDER.indexOf(b.category)
  )
}
