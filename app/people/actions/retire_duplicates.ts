import { clock } from '#shared/clock'
import type { Row, Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { FundingType, PostCategory } from '#organization/domain/codes'

/** A main assignment that both records had: the merged one's stays with it and no longer counts. */
export interface RetiredAssignment {
  assignmentId: number
  keptAssignmentId: number
  /** The seat that was counted twice; null where none was filled. */
  seat: {
    unitId: number
    fundingType: FundingType
    category: PostCategory
    over: boolean
  } | null
}

/**
 * Main assignments of both that overlap. In one unit they are one fact written down twice; in two
 * units nobody can be at once, and people.errors.merge_two_units says which must end first.
 */
export async function retireDuplicates(
  trx: Trx,
  keptId: number,
  mergedId: number
): Promise<RetiredAssignment[]> {
  const [kept, merged] = [await liveMains(trx, keptId), await liveMains(trx, mergedId)]
  const retired: RetiredAssignment[] = []
  for (const row of merged) {
    const twin = kept.find((other) => overlaps(other, row))
    if (!twin) continue
    if (Number(twin.unit_id) !== Number(row.unit_id)) {
      throw new DomainError('people.errors.merge_two_units', {
        units: `${twin.unit_name}、${row.unit_name}`,
      })
    }
    await trx
      .from('assignments')
      .where('id', row.id)
      .update({ superseded_by: twin.id, superseded_at: clock.now() })
    retired.push({
      assignmentId: Number(row.id),
      keptAssignmentId: Number(twin.id),
      seat: seatOf(row),
    })
  }
  return retired
}

function liveMains(trx: Trx, personId: number): Promise<Row[]> {
  return trx
    .from('assignments as a')
    .join('units as u', 'u.id', 'a.unit_id')
    .where({ 'a.person_id': personId, 'a.kind': 'main', 'a.live': 1 })
    .select('a.*', 'u.name as unit_name')
    .orderBy('a.id')
}

function overlaps(one: Row, two: Row): boolean {
  return (
    one.valid_from < (two.valid_to ?? '9999-12-31') &&
    two.valid_from < (one.valid_to ?? '9999-12-31')
  )
}

/** Only an open assignment of establishment staff fills a seat now. */
function seatOf(row: Row): RetiredAssignment['seat'] {
  const fills = row.employment_type === 'establishment' && row.funding_type && row.quota_category
  if (row.valid_to !== null || !fills) return null
  return {
    unitId: Number(row.unit_id),
    fundingType: row.funding_type,
    category: row.quota_category,
    over: Boolean(row.over_quota),
  }
}
