import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { record } from '#audit/actions/record'
import type { EmploymentType, FundingType, PostCategory } from '#organization/domain/codes'
import type { Grade } from '#organization/domain/grades'

export interface OpenAssignmentInput {
  personId: number
  kind: 'main' | 'secondary'
  unitId: number
  departmentId?: number | null
  postId?: number | null
  employmentType: EmploymentType
  fundingType?: FundingType | null
  quotaCategory?: PostCategory | null
  overQuota?: boolean
  grade?: Grade | null
  leaderPost?: boolean
  validFrom: string
  /** Civil date of its end (half-open); null: open. */
  validTo?: string | null
  paidFrom?: string | null
  /** Why it is there: roster, event, transfer… */
  source: string
  sourceType?: string | null
  sourceId?: number | null
  documentId?: number | null
}

/**
 * Opens an assignment and gives its id. Main ones never overlap: people.errors.main_overlaps.
 * A unit that is dissolved by then takes nobody: people.errors.unit_dissolved. A record that is
 * merged into another one gets none: people.errors.merge_twice.
 */
export async function openAssignment(
  input: OpenAssignmentInput,
  actor: Actor,
  outer?: Trx
): Promise<number> {
  return inTransaction(async (trx) => {
    const person = await trx.from('persons').where('id', input.personId).forUpdate().firstOrFail()
    if (person.merged_into !== null) {
      throw new DomainError('people.errors.merge_twice', { name: person.name })
    }
    await refuseDissolved(trx, input)
    if (input.kind === 'main') await refuseOverlap(trx, input, person.name)
    const id = await insert(trx, input, person.name)
    await record(trx, actor, {
      action: 'people.assignment.opened',
      subjectType: 'person',
      subjectId: input.personId,
      changes: {
        assignment: id,
        kind: input.kind,
        unit: input.unitId,
        post: input.postId ?? null,
        employmentType: input.employmentType,
        from: input.validFrom,
        to: input.validTo ?? null,
      },
    })
    return id
  }, outer)
}

async function refuseDissolved(trx: Trx, input: OpenAssignmentInput) {
  const unit = await trx.from('units').where('id', input.unitId).forShare().firstOrFail()
  if (unit.dissolved_on !== null && unit.dissolved_on <= input.validFrom) {
    throw new DomainError('people.errors.unit_dissolved', {
      unit: unit.name,
      date: unit.dissolved_on,
    })
  }
}

async function refuseOverlap(trx: Trx, input: OpenAssignmentInput, name: string) {
  const query = trx
    .from('assignments')
    .where({ person_id: input.personId, kind: 'main' })
    .whereNull('superseded_by')
    .where((end) => end.whereNull('valid_to').orWhere('valid_to', '>', input.validFrom))
  if (input.validTo) query.where('valid_from', '<', input.validTo)
  if (await query.first()) throw new DomainError('people.errors.main_overlaps', { name })
}

/** The unique key of the database has the last word when two open one at the same time. */
async function insert(trx: Trx, input: OpenAssignmentInput, name: string): Promise<number> {
  try {
    return await insertRow(trx, 'assignments', {
      person_id: input.personId,
      kind: input.kind,
      unit_id: input.unitId,
      department_id: input.departmentId ?? null,
      post_id: input.postId ?? null,
      employment_type: input.employmentType,
      funding_type: input.fundingType ?? null,
      quota_category: input.quotaCategory ?? null,
      over_quota: input.overQuota ?? false,
      grade: input.grade ?? null,
      leader_post: input.leaderPost ?? false,
      valid_from: input.validFrom,
      valid_to: input.validTo ?? null,
      paid_from: input.paidFrom ?? null,
      source: input.source,
      source_type: input.sourceType ?? null,
      source_id: input.sourceId ?? null,
      document_id: input.documentId ?? null,
      recorded_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('people.errors.main_overlaps', { name })
    throw error
  }
}
