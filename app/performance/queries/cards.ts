import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { Outlook, Rating } from '../domain/codes.js'
import type { ReviewCase } from '../domain/population.js'
import type { ScoreTrace } from '../domain/score.js'

export interface CardRow {
  id: number
  cycleId: number
  personId: number
  personName: string
  unitId: number
  unitName: string
  departmentId: number | null
  departmentName: string | null
  postId: number | null
  postName: string | null
  nature: string | null
  category: string | null
  employmentType: string
  frontLine: boolean
  coefficient: string | null
  schemeId: number | null
  outlook: Outlook
  inBase: boolean
  cases: ReviewCase[]
  selfReport: string | null
  selfReportedAt: string | null
  quantity: string | null
  quality: string | null
  adjustment: string | null
  attendance: string | null
  score: string | null
  trace: ScoreTrace | null
  rating: Rating | null
  signedAt: string | null
  signedAgreed: boolean | null
  signComment: string | null
  version: number
}

export interface CardFilter {
  cycleId?: number
  personId?: number
  unitId?: number | null
  departmentId?: number | null
  employmentType?: string | null
  nature?: string | null
  rating?: string | null
  outlook?: string | null
  /** unscored, unrated, unsigned, cases */
  flag?: string | null
  text?: string | null
  /** Reach of who asks. */
  units: 'all' | number[]
  departments?: number[]
}

export async function cardById(id: number, client: Client = db): Promise<CardRow> {
  const row = await cardsFrom(client).where('scorecards.id', id).first()
  if (!row) throw new NotFoundError('scorecard')
  return cardOf(row)
}

/** Cards of a filter in the order of names; all of them, for exports and calculations. */
export async function cardList(filter: CardFilter, client: Client = db): Promise<CardRow[]> {
  const rows = await matching(filter, client)
    .orderBy('persons.name_pinyin')
    .orderBy('scorecards.id')
  return rows.map(cardOf)
}

export async function cardPage(
  filter: CardFilter,
  sort: { by: 'name' | 'id'; direction: 'asc' | 'desc' },
  cursor: string | null
): Promise<KeysetPage<CardRow>> {
  const page = await keysetPage<any>(matching(filter, db), {
    column: sort.by === 'name' ? 'persons.name_pinyin' : 'scorecards.id',
    idColumn: 'scorecards.id',
    direction: sort.direction,
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(cardOf) }
}

export async function cardCount(filter: CardFilter): Promise<number> {
  const [row] = await matching(filter, db).clearSelect().count('* as cards')
  return Number(row.cards)
}

/** The cards of a person, newest period first. */
export async function cardsOfPerson(personId: number): Promise<CardRow[]> {
  const rows = await cardsFrom(db)
    .join('review_cycles', 'review_cycles.id', 'scorecards.cycle_id')
    .where('scorecards.person_id', personId)
    .orderBy('review_cycles.period_from', 'desc')
    .orderBy('scorecards.id', 'desc')
  return rows.map(cardOf)
}

function matching(filter: CardFilter, client: Client) {
  const query = cardsFrom(client)
  const equal = {
    'scorecards.cycle_id': filter.cycleId,
    'scorecards.person_id': filter.personId,
    'scorecards.unit_id': filter.unitId,
    'scorecards.department_id': filter.departmentId,
    'scorecards.employment_type': filter.employmentType,
    'scorecards.nature': filter.nature,
    'scorecards.outlook': filter.outlook,
  }
  for (const [column, value] of Object.entries(equal)) if (value) query.where(column, value)
  if (filter.rating === 'none') query.whereNull('scorecards.rating')
  else if (filter.rating) query.where('scorecards.rating', filter.rating)
  if (filter.text) {
    const like = `%${filter.text.replace(/[\\%_]/g, '')}%`
    query.where((any) =>
      any
        .where('persons.name', 'like', like)
        .orWhere('persons.name_pinyin', 'like', like)
        .orWhere('persons.name_initials', 'like', like)
    )
  }
  whereFlag(query, filter.flag)
  if (filter.units !== 'all') {
    const { units, departments = [] } = filter
    query.where((reach) => {
      reach.whereIn('scorecards.unit_id', units.length ? units : [-1])
      if (departments.length) reach.orWhereIn('scorecards.department_id', departments)
    })
  }
  return query
}

function whereFlag(query: ReturnType<typeof cardsFrom>, flag: string | null | undefined) {
  if (flag === 'unscored') {
    query.where('scorecards.outlook', 'graded').whereNull('scorecards.score')
  }
  if (flag === 'unrated') {
    query.whereIn('scorecards.outlook', ['graded', 'undetermined']).whereNull('scorecards.rating')
  }
  if (flag === 'unsigned') query.whereNotNull('scorecards.rating').whereNull('signed_at')
  if (flag === 'cases') query.whereNot('scorecards.cases', '[]')
}

function cardsFrom(client: Client) {
  return client
    .from('scorecards')
    .join('persons', 'persons.id', 'scorecards.person_id')
    .join('units', 'units.id', 'scorecards.unit_id')
    .leftJoin('departments', 'departments.id', 'scorecards.department_id')
    .leftJoin('posts', 'posts.id', 'scorecards.post_id')
    .select('scorecards.*', 'persons.name as person_name', 'units.name as unit_name')
    .select('departments.name as department_name', 'posts.name as post_name')
}

function cardOf(row: any): CardRow {
  return {
    id: Number(row.id),
    cycleId: Number(row.cycle_id),
    personId: Number(row.person_id),
    personName: row.person_name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    departmentId: idOrNull(row.department_id),
    departmentName: row.department_name,
    postId: idOrNull(row.post_id),
    postName: row.post_name,
    nature: row.nature,
    category: row.category,
    employmentType: row.employment_type,
    frontLine: Boolean(row.front_line),
    coefficient: row.coefficient,
    schemeId: idOrNull(row.scheme_id),
    outlook: row.outlook,
    inBase: Boolean(row.in_base),
    cases: JSON.parse(row.cases),
    selfReport: row.self_report,
    selfReportedAt: row.self_reported_at,
    quantity: row.quantity,
    quality: row.quality,
    adjustment: row.adjustment,
    attendance: row.attendance,
    score: row.score,
    trace: row.trace === null ? null : JSON.parse(row.trace),
    rating: row.rating,
    signedAt: row.signed_at,
    signedAgreed: row.signed_agreed === null ? null : Boolean(row.signed_agreed),
    signComment: row.sign_comment,
    version: Number(row.version),
  }
}
