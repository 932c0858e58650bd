import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { daysOf } from '../domain/quarters.js'
import { assessmentById } from '../queries/assessments.js'
import { cardsOf } from '../queries/cards.js'
import { ENTERED, measure } from '../queries/measures.js'
import { resultsOf, scoreIn, type ScoreRow, type UnitResult } from '../queries/results.js'
import { indicatorsOf, type IndicatorRow } from '../queries/sheets.js'
import { assertOpen } from './enter_values.js'
import { writeResult } from './write_result.js'

/**
 * Takes the values of the system and the cards as the records stand today, at the latest on the
 * quarter's last day. They are read first and written in one transaction; entered values stay.
 */
export async function readValues(
  input: { assessmentId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  const assessment = await assessmentById(input.assessmentId, trx)
  assertOpen(assessment)
  const indicators = await indicatorsOf(assessment.sheetId, trx)
  const days = daysOf(assessment)
  const asOf = clock.today() < days.to ? clock.today() : days.to
  const before = await resultsOf(assessment.id, null, trx)
  const results = await readAnew(before, indicators, { ...days, asOf })
  await inTransaction(async (client) => {
    await updateVersioned(client, 'assessments', assessment.id, input.version, { read_on: asOf })
    for (const result of results) await writeResult(client, assessment, indicators, result)
    await record(client, actor, {
      action: 'assessment.assessment.read',
      subjectType: 'assessment',
      subjectId: assessment.id,
      changes: { read_on: [assessment.readOn, asOf], ...changedScores(before, results) },
    })
  }, trx)
}

type Days = { from: string; to: string; asOf: string }

async function readAnew(
  results: UnitResult[],
  indicators: readonly IndicatorRow[],
  days: Days
): Promise<UnitResult[]> {
  const cards = await cardsOf(
    results.map(({ unitId }) => unitId),
    days
  )
  const list = []
  for (const result of results) {
    const scores = []
    for (const indicator of indicators) {
      const score = scoreIn(result, indicator)
      scores.push(
        indicator.source === ENTERED ? score : await measured(score, indicator, result, days)
      )
    }
    list.push({ ...result, ...cards.get(result.unitId)!, scores })
  }
  return list
}

async function measured(
  score: ScoreRow,
  indicator: IndicatorRow,
  { unitId }: UnitResult,
  days: Days
): Promise<ScoreRow> {
  const value = await measure(indicator.source, { unitId, ...days })
  const none = { actual: null, done: null, planned: null, url: null }
  return { ...score, ...(value ?? none), applies: value !== null }
}

/** Cards that were given or taken since the last reading, by unit. */
function changedScores(before: readonly UnitResult[], after: readonly UnitResult[]) {
  const changes = after.flatMap((result) => {
    const old = before.find(({ id }) => id === result.id)!
    const text = ({ yellow, red }: UnitResult) => `${yellow} + ${red}`
    return text(old) === text(result) ? [] : [[result.unitName, [text(old), text(result)]]]
  })
  return Object.fromEntries(changes)
}
