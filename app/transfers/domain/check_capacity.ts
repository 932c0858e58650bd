import type { FundingType, PostCategory } from '#organization/domain/codes'
import { seatsIn, type QuotaBalances, type QuotaCell } from '#organization/domain/quota_accounts'
import { roomOf } from '#organization/domain/quota_plan'
import type { AnnouncedPlaces } from '#shared/ports/announced_places'
import { blocked, warning, type Finding } from './findings.js'
import { carriesQuota, needsSeat, type TransferLine } from './lines.js'

export interface CapacityLine extends TransferLine {
  id: number
  /** Category of the seat that the person fills today; differs after an unbooked change of grade. */
  seatCategory: PostCategory | null
}

export interface PostPlace {
  name: string
  /** Places left beside this batch; null: no limit. */
  free: number | null
  /** Places that recruitment plans under way hold; they are not free. */
  announced: AnnouncedPlaces | null
}

export interface CapacityFacts {
  balances: QuotaBalances
  /** `unitId/funding` → total approved for the unit on the effective date. */
  approvedTotals: ReadonlyMap<string, number>
  posts: ReadonlyMap<number, PostPlace>
}

/**
 * What the lines together ask of seats and posts. Lines are served in their order; those that come
 * when nothing is left are named, so that the way out is at the right line.
 */
export function checkCapacity(
  lines: readonly CapacityLine[],
  facts: CapacityFacts
): Map<number, Finding[]> {
  const findings = new Map<number, Finding[]>()
  const used = new Map<string, number>()
  const take = (key: string, count: number) => {
    const total = (used.get(key) ?? 0) + count
    used.set(key, total)
    return total
  }
  for (const line of lines) {
    const found = [
      ...sourceFindings(line, facts, take),
      ...targetFindings(line, facts, take),
      ...postFindings(line, facts, take),
    ]
    if (found.length > 0) findings.set(line.id, found)
  }
  return findings
}

type Take = (key: string, count: number) => number

/** The seats that leave must be there: filled ones under their people, vacant ones for 空编. */
function sourceFindings(line: CapacityLine, { balances }: CapacityFacts, take: Take): Finding[] {
  if (!carriesQuota(line) || !line.fundingType || !line.category) return []
  const withPerson = line.kind === 'person_with_quota'
  const cell: QuotaCell = {
    unitId: line.fromUnitId,
    funding: line.fundingType,
    category: (withPerson && line.seatCategory) || line.category,
  }
  const kind = withPerson ? 'filled' : 'vacant'
  const there = seatsIn(balances, cell, kind)
  const wanted = take(`${kind} ${keyOf(cell)}`, line.quantity)
  if (wanted <= there) return []
  const params = { funding: cell.funding, category: cell.category, wanted, there: atLeast0(there) }
  return withPerson
    ? [blocked('quota_missing', 'correct_person', params)]
    : [blocked('vacant_missing', 'lower_quantity', params)]
}

/** A seat that comes along must stay within the approved total; a person without one needs a vacancy. */
function targetFindings(line: CapacityLine, facts: CapacityFacts, take: Take): Finding[] {
  if (!line.fundingType || !line.category) return []
  const cell = { unitId: line.toUnitId, funding: line.fundingType, category: line.category }
  if (carriesQuota(line)) return totalFindings(cell, line.quantity, facts, take)
  if (!needsSeat(line)) return []
  const room = roomOf(facts.balances, cell)
  const wanted = take(`room ${cell.unitId}/${cell.funding}`, 1)
  const params = { funding: cell.funding, category: cell.category, wanted, there: atLeast0(room) }
  if (wanted > room) return [blocked('no_room', 'remove_line', params)]
  const here = seatsIn(facts.balances, cell, 'vacant')
  return take(`category ${keyOf(cell)}`, 1) > here
    ? [warning('category_exceeded', 'nothing', { ...params, there: atLeast0(here) })]
    : []
}

function totalFindings(
  cell: QuotaCell,
  quantity: number,
  { balances, approvedTotals }: CapacityFacts,
  take: Take
): Finding[] {
  const approved = approvedTotals.get(totalKey(cell.unitId, cell.funding))
  if (approved === undefined) return []
  const total =
    authorisedOf(balances, cell) + take(`total ${cell.unitId}/${cell.funding}`, quantity)
  return total > approved
    ? [blocked('above_target', 'raise_target', { funding: cell.funding, total, approved })]
    : []
}

function postFindings(line: CapacityLine, { posts }: CapacityFacts, take: Take): Finding[] {
  if (line.toPostId === null || line.kind === 'quota_only') return []
  const post = posts.get(line.toPostId)
  if (!post || post.free === null) return []
  if (take(`post ${line.toPostId}`, 1) <= post.free) return []
  const params = { post: post.name, free: post.free }
  if (!post.announced) return [blocked('headcount_full', 'set_target', params)]
  const held = { announced: post.announced.places, by: post.announced.by.join('、') }
  return [blocked('headcount_announced', 'set_target', { ...params, ...held })]
}

function authorisedOf(balances: QuotaBalances, { unitId, funding }: QuotaCell): number {
  return (['management', 'professional', 'support'] as const).reduce(
    (sum, category) =>
      sum +
      (['vacant', 'reserved', 'filled'] as const).reduce(
        (seats, kind) => seats + seatsIn(balances, { unitId, funding, category }, kind),
        0
      ),
    0
  )
}

/** More seats may be promised than are vacant yet: nothing is left then. */
const atLeast0 = (seats: number) => Math.max(0, seats)

/** Key of `approvedTotals`. */
export function totalKey(unitId: number, funding: FundingType): string {
  return `${unitId}/${funding}`
}

function keyOf({ unitId, funding, category }: QuotaCell): string {
  return `${unitId}/${funding}/${category}`
}
