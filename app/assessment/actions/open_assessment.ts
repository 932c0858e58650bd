import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  insertRow,
  inTransaction,
  isUniqueViolation,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import type { AssessmentKind } from '../domain/moves.js'
import { daysOf, type Quarter } from '../domain/quarters.js'
import { assessmentById } from '../queries/assessments.js'
import { resultsOf } from '../queries/results.js'
import { indicatorsOf, sheetInForce } from '../queries/sheets.js'

const refuse: Refuse = refusing('assessment')

/** Begins the assessment of units for a quarter by the sheet in force at its end; returns its id. */
export async function openAssessment(
  input: Quarter & { kind: AssessmentKind; unitIds: number[] },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const { from, to } = daysOf(input)
  if (from > clock.today()) refuse('quarter', 'quarter_ahead')
  if (!input.unitIds.length) refuse('unit_ids', 'units_needed')
  return inTransaction(async (client) => {
    const sheet = await sheetInForce(input.kind, to, client)
    if (!sheet) refuse('kind', 'no_sheet')
    const { kind, year, quarter } = input
    const published = await client
      .from('assessments')
      .where({ kind, year, quarter, state: 'published' })
      .forShare()
      .first()
    if (published) refuse('quarter', 'already_published')
    const id = await insertAssessment(client, actor, { kind, year, quarter, sheet_id: sheet.id })
    await insertUnits(client, id, sheet.id, [...new Set(input.unitIds)])
    await write(client, actor, 'opened', id, { kind, year, quarter, units: input.unitIds.length })
    return id
  }, trx)
}

/** Takes up a published assessment again, with its values, as a new revision; returns its id. */
export async function reviseAssessment(
  input: { assessmentId: number; reason: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const before = await assessmentById(input.assessmentId, client)
    if (before.state !== 'published') throw new DomainError('assessment.errors.not_published')
    const { kind, year, quarter, summary, sheetId } = before
    const id = await insertAssessment(client, actor, {
      kind,
      year,
      quarter,
      summary,
      sheet_id: sheetId,
      reason: input.reason,
      read_on: before.readOn,
    })
    await copyResults(client, before.id, id)
    const { reason } = input
    await write(client, actor, 'revised', id, { reason, revision: before.revision })
    return id
  }, trx)
}

/** The next revision of its quarter; only one is under way at a time. */
async function insertAssessment(trx: Trx, actor: Actor, values: Row): Promise<number> {
  const { kind, year, quarter } = values
  const [{ last }] = await trx
    .from('assessments')
    .where({ kind, year, quarter })
    .max('revision as last')
  try {
    return await insertRow(trx, 'assessments', {
      ...values,
      revision: Number(last ?? 0) + 1,
      state: 'draft',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    refuse('quarter', 'under_way')
  }
}

async function insertUnits(trx: Trx, id: number, sheetId: number, unitIds: number[]) {
  const indicators = await indicatorsOf(sheetId, trx)
  for (const unitId of unitIds) {
    const unit = await insertUnit(trx, id, { unit_id: unitId })
    await bulkInsert(
      trx,
      'assessment_scores',
      indicators.map((indicator) => ({
        assessment_unit_id: unit,
        indicator_id: indicator.id,
        applies: true,
      }))
    )
  }
}

async function copyResults(trx: Trx, from: number, to: number) {
  for (const result of await resultsOf(from, null, trx)) {
    const { unitId: unit_id, yellow, red, base, score } = result
    const unit = await insertUnit(trx, to, { unit_id, yellow, red, base, score })
    await bulkInsert(
      trx,
      'assessment_scores',
      result.scores.map((row) => ({
        assessment_unit_id: unit,
        indicator_id: row.indicatorId,
        applies: row.applies,
        actual: row.actual,
        done: row.done,
        planned: row.planned,
        url: row.url,
        origin: row.origin,
        evidence: row.evidence,
        document_id: row.documentId,
        entered_by: row.enteredBy,
        score: row.score,
      }))
    )
  }
}

function insertUnit(trx: Trx, assessmentId: number, values: Row): Promise<number> {
  return insertRow(trx, 'assessment_units', {
    ...values,
    assessment_id: assessmentId,
    version: 1,
    created_at: clock.now(),
  })
}

function write(trx: Trx, actor: Actor, done: string, id: number, changes: Row) {
  return record(trx, actor, {
    action: `assessment.assessment.${done}`,
    subjectType: 'assessment',
    subjectId: id,
    changes,
  })
}
