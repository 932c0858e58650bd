import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import type { FundingType, PostCategory } from '#organization/domain/codes'
import { fillQuota } from '#organization/actions/quota/fill_quota'
import { vacateQuota } from '#organization/actions/quota/vacate_quota'

export interface Seat {
  fundingType?: FundingType | null
  quotaCategory?: PostCategory | null
}
type Wanted = Partial<Record<PostCategory, number>>
type SeatKind = 'fill' | 'vacate'

export interface SeatSubject {
  key: string
  effectiveOn: string
  documentId: number | null
  subjectType: string
  subjectId: number
  reason: string | null
}

/** Seats that people of one unit leave and take, added up per funding type and category. */
export class SeatChanges {
  private readonly counts: Record<SeatKind, Map<FundingType, Wanted>> = {
    fill: new Map(),
    vacate: new Map(),
  }

  constructor(private readonly unitId: number) {}

  /** Nothing happens to the ledger when funding type and category stay what they are. */
  change(before: Seat | null, after: Seat, people = 1) {
    if (before && seatKey(before) === seatKey(after)) return
    if (before) this.add('vacate', before, people)
    this.add('fill', after, people)
  }

  private add(kind: SeatKind, { fundingType, quotaCategory }: Seat, people: number) {
    if (!fundingType || !quotaCategory) return
    const wanted = this.counts[kind].get(fundingType) ?? {}
    wanted[quotaCategory] = (wanted[quotaCategory] ?? 0) + people
    this.counts[kind].set(fundingType, wanted)
  }

  /**
   * Books them: seats that become free first. Returns the seats that had to be reclassified, for
   * category is a soft limit.
   */
  async book(trx: Trx, actor: Actor, subject: SeatSubject): Promise<number> {
    let reclassified = 0
    for (const [fundingType, wanted] of this.counts.vacate) {
      const key = `${subject.key}:vacate:${fundingType}`
      await vacateQuota(trx, actor, { ...subject, key, unitId: this.unitId, fundingType, wanted })
    }
    for (const [fundingType, wanted] of this.counts.fill) {
      const key = `${subject.key}:fill:${fundingType}`
      const input = { ...subject, key, unitId: this.unitId, fundingType, wanted }
      const { warnings } = await fillQuota(trx, actor, input)
      reclassified += warnings.reduce((sum, { missing }) => sum + missing, 0)
    }
    return reclassified
  }
}

function seatKey({ fundingType, quotaCategory }: Seat): string {
  return `${fundingType ?? ''}/${quotaCategory ?? ''}`
}
