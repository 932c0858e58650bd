import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { ranksOf } from '../domain/scoring.js'
import type { IndicatorRow } from './sheets.js'

export interface ScoreRow {
  id: number
  unitRowId: number
  indicatorId: number
  applies: boolean
  actual: number | null
  done: number | null
  planned: number | null
  url: string | null
  origin: string | null
  evidence: string | null
  documentId: number | null
  documentNo: string | null
  enteredBy: number | null
  score: number | null
}

export interface UnitResult {
  /** Row of `assessment_units`. */
  id: number
  assessmentId: number
  unitId: number
  unitName: string
  yellow: number
  red: number
  base: number | null
  score: number | null
  /** Among all units of the assessment, whoever looks. */
  rank: number | null
  version: number
  scores: ScoreRow[]
}

/** Units of an assessment with their scores, best first; `units` narrows what is given, not the ranks. */
export async function resultsOf(
  assessmentId: number,
  units: number[] | null = null,
  client: Client = db
): Promise<UnitResult[]> {
  const rows = await client
    .from('assessment_units')
    .join('units', 'units.id', 'assessment_units.unit_id')
    .where('assessment_units.assessment_id', assessmentId)
    .orderBy('assessment_units.id')
    .select('assessment_units.*', 'units.name as unit_name')
  const ranks = ranksOf(rows.map(({ score }) => intOrNull(score)))
  const scores = await scoresOf(assessmentId, client)
  return rows
    .map((row, index) => ({
      ...resultOf(row),
      rank: ranks[index],
      scores: scores.filter(({ unitRowId }) => unitRowId === Number(row.id)),
    }))
    .filter(({ unitId }) => units === null || units.includes(unitId))
    .sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || one.id - other.id)
}

/** One unit's result, or 404. */
export async function resultOfUnit(
  assessmentId: number,
  unitId: number,
  client: Client = db
): Promise<UnitResult> {
  const [result] = await resultsOf(assessmentId, [unitId], client)
  if (!result) throw new NotFoundError('assessed unit')
  return result
}

/** Entered values that nobody has given yet. */
export function missingIn(result: UnitResult): number {
  return result.scores.filter(({ applies, actual }) => applies && actual === null).length
}

/** The score of an indicator in a result. */
export function scoreIn(result: UnitResult, indicator: IndicatorRow): ScoreRow {
  return result.scores.find(({ indicatorId }) => indicatorId === indicator.id)!
}

async function scoresOf(assessmentId: number, client: Client): Promise<ScoreRow[]> {
  const rows = await client
    .from('assessment_scores')
    .join('assessment_units', 'assessment_units.id', 'assessment_scores.assessment_unit_id')
    .leftJoin('documents', 'documents.id', 'assessment_scores.document_id')
    .where('assessment_units.assessment_id', assessmentId)
    .orderBy('assessment_scores.id')
    .select('assessment_scores.*', 'documents.document_no')
  return rows.map(scoreRowOf)
}

const intOrNull = (value: unknown) => (value === null ? null : toInt(value))

function resultOf(row: any): Omit<UnitResult, 'rank' | 'scores'> {
  return {
    id: Number(row.id),
    assessmentId: Number(row.assessment_id),
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    yellow: Number(row.yellow),
    red: Number(row.red),
    base: intOrNull(row.base),
    score: intOrNull(row.score),
    version: Number(row.version),
  }
}

function scoreRowOf(row: any): ScoreRow {
  return {
    id: Number(row.id),
    unitRowId: Number(row.assessment_unit_id),
    indicatorId: Number(row.indicator_id),
    applies: Boolean(row.applies),
    actual: intOrNull(row.actual),
    done: intOrNull(row.done),
    planned: intOrNull(row.planned),
    url: row.url,
    origin: row.origin,
    evidence: row.evidence,
    documentId: intOrNull(row.document_id),
    documentNo: row.document_no,
    enteredBy: intOrNull(row.entered_by),
    score: intOrNull(row.score),
  }
}
