import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { WEIGHTED, type ScorerRole } from '../domain/codes.js'
import type { CardRow } from './cards.js'
import { cycleById, type CycleRow } from './cycles.js'
import { schemesByIds, type SchemeItem } from './schemes.js'
import { cardsToScore, scoringsOf } from './scorings.js'
import { workPointSums } from './work_points.js'

export interface DeskRow {
  card: CardRow
  role: ScorerRole
  /** Columns that this person's scheme has. */
  indicators: ReadonlySet<number>
  scores: Record<string, string>
  version: number | null
  complete: boolean
  submitted: boolean
  /** Work points of the period, in thousandths. */
  pointsMilli: number
}

export interface Desk {
  columns: SchemeItem[]
  rows: DeskRow[]
  total: number
  done: number
  submitted: number
  /** Mean of what was given to each complete person. */
  means: number[]
}

/** The desk of one scorer: whom, in what, and how far; people by department and name. */
export async function scoringDesk(cycle: CycleRow, actor: Actor): Promise<Desk> {
  const mine = await cardsToScore(cycle.id, actor)
  const cards = mine.map(({ card }) => card)
  const schemes = await schemesByIds(
    [...new Set(cards.flatMap(({ schemeId }) => schemeId ?? []))],
    cycle.period.from
  )
  const given = await scoringsOf(
    cards.map(({ id }) => id),
    { userId: actor.userId! }
  )
  const own = new Map(given.map((row) => [row.cardId, row]))
  const points = await workPointSums(
    cards.map(({ personId }) => personId),
    cycle.period
  )
  const columns = new Map<number, SchemeItem>()
  const rows = mine.map(({ card, role }): DeskRow => {
    const items = (schemes.get(card.schemeId ?? 0)?.items ?? []).filter(
      ({ source }) => source === 'entered'
    )
    for (const item of items) columns.set(item.indicatorId, item)
    const scoring = own.get(card.id)
    const scores = scoring?.scores ?? {}
    const wanted = items.filter(({ kind }) => WEIGHTED.includes(kind))
    return {
      card,
      role,
      indicators: new Set(items.map(({ indicatorId }) => indicatorId)),
      scores,
      version: scoring?.version ?? null,
      complete: wanted.length > 0 && wanted.every(({ indicatorId }) => indicatorId in scores),
      submitted: scoring?.state === 'submitted',
      pointsMilli: points.get(card.personId) ?? 0,
    }
  })
  rows.sort(byDepartment)
  const complete = rows.filter((row) => row.complete)
  return {
    columns: [...columns.values()],
    rows,
    total: rows.length,
    done: complete.length,
    submitted: rows.filter((row) => row.submitted).length,
    means: complete.map(({ scores, indicators }) => meanOf(scores, indicators, columns)),
  }
}

function byDepartment(a: DeskRow, b: DeskRow): number {
  const place = ({ card }: DeskRow) => `${card.unitName}\n${card.departmentName ?? ''}`
  return place(a).localeCompare(place(b), 'zh-CN')
}

function meanOf(
  scores: Record<string, string>,
  indicators: ReadonlySet<number>,
  columns: ReadonlyMap<number, SchemeItem>
): number {
  const values = Object.entries(scores)
    .filter(([id]) => indicators.has(Number(id)))
    .filter(([id]) => WEIGHTED.includes(columns.get(Number(id))!.kind))
    .map(([, value]) => Number(value))
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The desks of somebody who scores: cycles in scoring with what is done and missing. */
export async function desksOf(actor: Actor) {
  if (!actor.may('performance.score') || actor.userId === null) return []
  const rows = await db
    .from('cycle_scorers')
    .join('review_cycles', 'review_cycles.id', 'cycle_scorers.cycle_id')
    .where({ 'cycle_scorers.user_id': actor.userId, 'review_cycles.state': 'scoring' })
    .distinct('review_cycles.id')
  const desks = []
  for (const { id } of rows) {
    const cycle = await cycleById(Number(id))
    const { total, done, submitted } = await scoringDesk(cycle, actor)
    if (total > 0) desks.push({ cycle, total, done, submitted })
  }
  return desks
}
