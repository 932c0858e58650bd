import type { Actor } from '#shared/actor'
import type { Row, Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { DecisionRow } from '#decisions/queries/decisions'
import { supersedeAssignment } from '../actions/supersede_assignment.js'
import { OldUnitPlaces } from './old_unit_places.js'
import type { RosterParsed } from './roster_row.js'
import { SeatChanges } from './seat_changes.js'

/**
 * What the decision on a row that two units claim sets going: kept where the person is, or
 * rejected, nothing changes; kept in the other unit, the assignment is corrected to what that
 * unit's roster says and the seats with it. A word once given is final.
 */
export async function settleHold(trx: Trx, actor: Actor, decision: DecisionRow): Promise<void> {
  const { importId, row, unitId, assignmentId } = decision.evidence
  if (decision.evidence.reason !== 'claimed_by_two_units') return
  if (decision.kind !== 'held') throw new DomainError('decisions.errors.held_is_final')
  const value = decision.value
  if (!value || !('choice' in value) || value.choice !== 'keep' || value.unitId !== unitId) return
  const stored = await trx
    .from('import_rows')
    .where({ import_id: Number(importId), row_no: Number(row) })
    .firstOrFail()
  await correct(trx, actor, decision, JSON.parse(stored.parsed), Number(assignmentId))
}

/** The assignment as it stands now: a correction since the question was asked took its place. */
async function liveRow(trx: Trx, assignmentId: number): Promise<Row> {
  const row = await trx.from('assignments').where('id', assignmentId).firstOrFail()
  return row.superseded_by === null ? row : liveRow(trx, Number(row.superseded_by))
}

async function correct(
  trx: Trx,
  actor: Actor,
  decision: DecisionRow,
  parsed: RosterParsed,
  assignmentId: number
) {
  const old = await liveRow(trx, assignmentId)
  const unit = await trx.from('units').where('id', Number(decision.evidence.unitId)).firstOrFail()
  const places = await OldUnitPlaces.ensure(
    trx,
    { unit, departments: [parsed.department], posts: [parsed] },
    old.valid_from
  )
  await supersedeAssignment(trx, Number(old.id), {
    unit_id: unit.id,
    department_id: places.departmentOf(parsed),
    post_id: places.postOf(parsed),
    employment_type: parsed.employmentType,
    funding_type: parsed.fundingType ?? null,
    quota_category: parsed.quotaCategory ?? null,
    grade: parsed.grade ?? null,
    source_type: 'decision',
    source_id: decision.id,
    document_id: decision.documentId,
  })
  const nobody = { fundingType: null, quotaCategory: null }
  const before = { fundingType: old.funding_type, quotaCategory: old.quota_category }
  const subject = {
    effectiveOn: old.valid_from,
    documentId: decision.documentId,
    subjectType: 'decision',
    subjectId: decision.id,
    reason: decision.reason,
  }
  const leaving = new SeatChanges(Number(old.unit_id))
  leaving.change(before, nobody)
  await leaving.book(trx, actor, { ...subject, key: `decision:${decision.id}:from` })
  const coming = new SeatChanges(Number(unit.id))
  coming.change(null, parsed)
  await coming.book(trx, actor, { ...subject, key: `decision:${decision.id}:to` })
}
