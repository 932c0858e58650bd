import type { EmploymentType, FundingType, PostCategory } from '#organization/domain/codes'
import type { Grade } from '#organization/domain/grades'
import type { DismissalBasis, LeaveType } from './events.js'

/** What an event says beside its kind, person, unit, dates and document; each kind has its own. */
export interface EventDetails {
  /** hire: the place. */
  departmentId?: number | null
  postId?: number | null
  employmentType?: EmploymentType | null
  fundingType?: FundingType | null
  grade?: Grade | null
  leaderPost?: boolean
  /** hire: the 用编申请 whose reserved seat it takes. */
  quotaRequestId?: number | null
  /** hire: with an approved exception, above the quota. */
  allowOver?: boolean
  /** retire: earlier or later than the legal date, by the event's own document. */
  deviates?: boolean
  /** dismiss */
  basis?: DismissalBasis | null
  /** transfer_out: a body outside. */
  destination?: string | null
  /** secondment */
  toUnitId?: number | null
  toDepartmentId?: number | null
  /** long_leave */
  leaveType?: LeaveType | null
  /** return: the secondment or leave that ends. */
  returnsFrom?: number | null
  /** What was said when it was done: seats that came from another category. */
  warnings?: { category: PostCategory; missing: number; takenFrom: PostCategory }[]
}
