import db from '@adonisjs/lucid/services/db'
import type { CheckFinding } from '#shared/ports/db_checks'
import { pointsOf, totalsOf } from '../domain/scoring.js'
import { assessmentById } from './assessments.js'
import { resultsOf, scoreIn } from './results.js'
import { indicatorsOf } from './sheets.js'

/** Every score and total is what its values and cards give by the sheet. */
export async function checkScores(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  for (const { id } of await db.from('assessments').orderBy('id').select('id')) {
    findings.push(...(await checkOne(Number(id))))
  }
  return findings
}

async function checkOne(id: number): Promise<CheckFinding[]> {
  const assessment = await assessmentById(id)
  // Nothing is kept before the first reading.
  if (!assessment.readOn) return []
  const indicators = await indicatorsOf(assessment.sheetId)
  const points = { yellow: assessment.yellowPoints, red: assessment.redPoints }
  const found: string[] = []
  for (const result of await resultsOf(id)) {
    const { base, score } = totalsOf(points, indicators, result)
    compare(found, `assessment_units ${result.id}: base`, result.base, base)
    compare(found, `assessment_units ${result.id}: score`, result.score, score)
    for (const indicator of indicators) {
      const row = scoreIn(result, indicator)
      compare(found, `assessment_scores ${row.id}: score`, row.score, pointsOf(indicator, row))
    }
  }
  return found.map((detail) => ({ check: 'assessment.scores', detail }))
}

function compare(found: string[], what: string, kept: number | null, rebuilt: number | null) {
  if (kept !== rebuilt) found.push(`${what} ${kept}, values ${rebuilt}`)
}
