import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { AppealState } from '../domain/appeals.js'
import type { Rating } from '../domain/codes.js'
import type { TitledCycle } from '../domain/cycle_title.js'

export interface AppealRow {
  id: number
  number: string
  cardId: number
  cycleId: number
  cycle: TitledCycle
  kind: 'appeal' | 'objection'
  personId: number
  personName: string
  unitId: number
  departmentId: number | null
  rating: Rating | null
  reason: string
  raisedByName: string
  raisedBy: number | null
  state: AppealState
  answer: string | null
  answeredByName: string | null
  answeredAt: string | null
  createdAt: string
  version: number
}

export interface AppealFilter {
  state?: string | null
  kind?: string | null
  cycleId?: number | null
  cardId?: number | null
  units: 'all' | number[]
}

export async function appealById(id: number, client: Client = db): Promise<AppealRow> {
  const row = await appealsFrom(client).where('review_appeals.id', id).first()
  if (!row) throw new NotFoundError('review appeal')
  return appealOf(row)
}

/** Newest first. */
export async function appealPage(
  filter: AppealFilter,
  cursor: string | null
): Promise<KeysetPage<AppealRow>> {
  const page = await keysetPage<any>(matching(filter), {
    column: 'review_appeals.id',
    idColumn: 'review_appeals.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(appealOf) }
}

export async function appealList(filter: AppealFilter): Promise<AppealRow[]> {
  const rows = await matching(filter).orderBy('review_appeals.id')
  return rows.map(appealOf)
}

function matching(filter: AppealFilter) {
  const query = appealsFrom(db)
  const equal = {
    'review_appeals.state': filter.state,
    'review_appeals.kind': filter.kind,
    'review_appeals.scorecard_id': filter.cardId,
    'scorecards.cycle_id': filter.cycleId,
  }
  for (const [column, value] of Object.entries(equal)) if (value) query.where(column, value)
  return withinUnits(query, 'scorecards.unit_id', filter.units)
}

function appealsFrom(client: Client) {
  return client
    .from('review_appeals')
    .join('scorecards', 'scorecards.id', 'review_appeals.scorecard_id')
    .join('review_cycles', 'review_cycles.id', 'scorecards.cycle_id')
    .join('persons', 'persons.id', 'scorecards.person_id')
    .leftJoin('users', 'users.id', 'review_appeals.answered_by')
    .select('review_appeals.*', 'scorecards.cycle_id', 'scorecards.person_id')
    .select('scorecards.unit_id', 'scorecards.department_id', 'scorecards.rating')
    .select('review_cycles.title', 'review_cycles.kind as cycle_kind')
    .select('review_cycles.period_from', 'persons.name as person_name')
    .select('users.name as answered_by_name')
}

function appealOf(row: any): AppealRow {
  return {
    id: Number(row.id),
    number: row.number,
    cardId: Number(row.scorecard_id),
    cycleId: Number(row.cycle_id),
    cycle: { title: row.title, kind: row.cycle_kind, period: { from: row.period_from } },
    kind: row.kind,
    personId: Number(row.person_id),
    personName: row.person_name,
    unitId: Number(row.unit_id),
    departmentId: idOrNull(row.department_id),
    rating: row.rating,
    reason: row.reason,
    raisedByName: row.raised_by_name,
    raisedBy: idOrNull(row.raised_by),
    state: row.state,
    answer: row.answer,
    answeredByName: row.answered_by_name,
    answeredAt: row.answered_at,
    createdAt: row.created_at,
    version: Number(row.version),
  }
}
