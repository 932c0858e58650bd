import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { evaluate, formulaOf, numberOf, valuesOf } from '#shared/formulas/formula'
import type { CheckFinding } from '#shared/ports/db_checks'
import type { ScoreTrace } from '../domain/score.js'

/** Places in use are the cards of the base that are rated 优秀; the base is the cards of the base. */
export async function checkPlaces(): Promise<CheckFinding[]> {
  const quotas = await db.from('excellent_quotas').orderBy('id')
  const rows = await db
    .from('scorecards')
    .where('in_base', 1)
    .groupBy('cycle_id', 'employment_type')
    .select('cycle_id', 'employment_type')
    .count('* as base')
    .select(db.raw("sum(case when rating = 'excellent' then 1 else 0 end) as used"))
  const counted = new Map(rows.map((row) => [`${row.cycle_id}/${row.employment_type}`, row]))
  return quotas.flatMap((quota) => {
    const row = counted.get(`${quota.cycle_id}/${quota.employment_type}`)
    return (['base', 'used'] as const).flatMap((name) => {
      const found = toInt(row?.[name] ?? 0)
      return Number(quota[name]) === found
        ? []
        : [finding(`excellent_quotas ${quota.id}: ${name} ${quota[name]}, cards ${found}`)]
    })
  })
}

/** Every score is what its stored trace computes to, unless a change with its reason says otherwise. */
export async function checkScores(): Promise<CheckFinding[]> {
  const changed = await db
    .from('scorecard_changes')
    .whereRaw("coalesce(score_before, '') <> coalesce(score_after, '') or figures is not null")
    .distinct('scorecard_id')
  const byHand = new Set(changed.map((row) => Number(row.scorecard_id)))
  const cards = await db
    .from('scorecards')
    .whereNotNull('trace')
    .orderBy('id')
    .select('id', 'score', 'trace')
  return cards
    .filter(({ id }) => !byHand.has(Number(id)))
    .flatMap(({ id, score, trace }) => {
      const { formula, used }: ScoreTrace = JSON.parse(trace)
      const values = valuesOf(used, { 否决: 'boolean' })
      const again = numberOf(evaluate(formulaOf(formula), values).value)
        .round(4)
        .toString()
      return again === score ? [] : [finding(`scorecards ${id}: score ${score}, trace ${again}`)]
    })
}

/** A reversal takes back exactly what it names. */
export async function checkPoints(): Promise<CheckFinding[]> {
  const rows = await db
    .from('work_points as back')
    .join('work_points as entry', 'entry.id', 'back.reverses_id')
    .whereRaw('back.points_milli + entry.points_milli <> 0 or back.person_id <> entry.person_id')
    .select('back.id', 'entry.id as entry_id')
  return rows.map((row) => finding(`work_points ${row.id} does not undo ${row.entry_id}`))
}

const finding = (detail: string): CheckFinding => ({ check: 'performance', detail })
