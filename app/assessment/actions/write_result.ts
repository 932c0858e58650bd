import { updateVersioned, type Trx } from '#shared/database'
import { pointsOf, totalsOf } from '../domain/scoring.js'
import type { AssessmentRow } from '../queries/assessments.js'
import type { UnitResult } from '../queries/results.js'
import type { IndicatorRow } from '../queries/sheets.js'

/** Writes a unit's values, points and total; stale when somebody else saved it since it was read. */
export async function writeResult(
  trx: Trx,
  assessment: AssessmentRow,
  indicators: readonly IndicatorRow[],
  result: UnitResult
) {
  for (const score of result.scores) {
    const indicator = indicators.find(({ id }) => id === score.indicatorId)!
    await trx
      .from('assessment_scores')
      .where('id', score.id)
      .update({
        applies: score.applies,
        actual: score.actual,
        done: score.done,
        planned: score.planned,
        url: score.url,
        origin: score.origin,
        evidence: score.evidence,
        document_id: score.documentId,
        entered_by: score.enteredBy,
        score: pointsOf(indicator, score),
      })
  }
  const points = { yellow: assessment.yellowPoints, red: assessment.redPoints }
  await updateVersioned(trx, 'assessment_units', result.id, result.version, {
    yellow: result.yellow,
    red: result.red,
    ...totalsOf(points, indicators, result),
  })
}
