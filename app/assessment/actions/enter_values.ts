import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError, type FieldError } from '#shared/errors'
import { shownFigure } from '../domain/figures.js'
import { assessmentById, type AssessmentRow } from '../queries/assessments.js'
import { ENTERED } from '../queries/measures.js'
import { resultOfUnit, scoreIn, type ScoreRow } from '../queries/results.js'
import { indicatorsOf } from '../queries/sheets.js'
import { shareAssessment } from './hold_rows.js'
import { writeResult } from './write_result.js'

export interface ValueInput {
  indicatorId: number
  /** Null: not known yet, or does not apply. */
  actual: number | null
  applies: boolean
  /** Who measured it. */
  origin: string | null
  /** What proves it, or why it does not apply. */
  evidence: string | null
  documentId: number | null
}

/** Writes what people measured of a unit; each value names its origin and its evidence. */
export async function enterValues(
  input: { assessmentId: number; unitId: number; version: number; values: ValueInput[] },
  actor: Actor,
  trx?: Trx
) {
  checkValues(input.values)
  await inTransaction(async (client) => {
    await shareAssessment(client, input.assessmentId)
    const assessment = await assessmentById(input.assessmentId, client)
    assertOpen(assessment)
    const indicators = await indicatorsOf(assessment.sheetId, client)
    const result = await resultOfUnit(assessment.id, input.unitId, client)
    const changes: Row = {}
    const scores = indicators.map((indicator) => {
      const before = scoreIn(result, indicator)
      const value = input.values.find(({ indicatorId }) => indicatorId === indicator.id)
      if (indicator.source !== ENTERED || !value) return before
      const after = { ...before, ...value }
      if (same(before, after)) return before
      changes[indicator.name] = [shown(before), shown(after)]
      return { ...after, enteredBy: actor.userId }
    })
    await writeResult(client, assessment, indicators, {
      ...result,
      version: input.version,
      scores,
    })
    await record(client, actor, {
      action: 'assessment.values.entered',
      subjectType: 'assessment',
      subjectId: assessment.id,
      changes: { unit: result.unitName, ...changes },
    })
  }, trx)
}

/** Values change while it is a draft. */
export function assertOpen({ state }: AssessmentRow) {
  if (state !== 'draft') throw new DomainError('assessment.errors.fixed')
}

function checkValues(values: readonly ValueInput[]) {
  const fields = values.flatMap((value, index): FieldError[] => {
    const error = (field: string, name: string) => [
      { field: `values.${index}.${field}`, code: `assessment.errors.${name}` },
    ]
    if (!value.applies) return value.evidence ? [] : error('evidence', 'reason_needed')
    if (value.actual === null) return []
    return [
      ...(value.origin ? [] : error('origin', 'origin_needed')),
      ...(value.evidence ? [] : error('evidence', 'evidence_needed')),
    ]
  })
  if (fields.length) throw new DomainError('assessment.errors.values', {}, fields)
}

const KEPT = ['applies', 'actual', 'origin', 'evidence', 'documentId'] as const

function same(one: ScoreRow, other: ScoreRow): boolean {
  return KEPT.every((name) => one[name] === other[name])
}

const shown = ({ applies, actual, origin, evidence }: ScoreRow) =>
  [applies ? shownFigure(actual) : '×', origin, evidence].filter(Boolean).join(' · ')
