import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { CycleKind } from '../domain/codes.js'
import type { CycleState } from '../domain/cycle_states.js'

export interface CycleRow {
  id: number
  number: string
  title: string
  kind: CycleKind
  unitId: number
  unitName: string
  /** `[from, to)` */
  period: { from: string; to: string }
  state: CycleState
  documentId: number
  documentNo: string
  scoreBy: string | null
  minimumGroup: number
  appealDays: number
  publicityFrom: string | null
  publicityTo: string | null
  appealTo: string | null
  decisionDocumentId: number | null
  decisionDocumentNo: string | null
  decisionComment: string | null
  preparedBy: number | null
  version: number
}

export interface QuotaRow {
  id: number
  employmentType: string
  base: number
  /** Hundredths of a per cent. */
  rate: number | null
  cap: number | null
  binding: boolean
  used: number
  documentNo: string | null
}

export interface CycleCounts {
  cards: number
  graded: number
  scored: number
  rated: number
  signed: number
}

export async function cycleById(id: number, client: Client = db): Promise<CycleRow> {
  const row = await cyclesFrom(client).where('review_cycles.id', id).first()
  if (!row) throw new NotFoundError('review cycle')
  return cycleOf(row)
}

export interface CycleFilter {
  units: 'all' | number[]
  /** Cycles with cards of these departments besides. */
  departments?: number[]
  kind?: string | null
  states?: readonly string[]
}

/** A page, newest period first. */
export async function cyclePage(
  filter: CycleFilter,
  cursor: string | null
): Promise<KeysetPage<CycleRow>> {
  const page = await keysetPage<any>(matching(filter), {
    column: 'review_cycles.period_from',
    idColumn: 'review_cycles.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(cycleOf) }
}

/** All of the filter, newest period first. */
export async function cycleList(filter: CycleFilter): Promise<CycleRow[]> {
  const rows = await matching(filter)
    .orderBy('review_cycles.period_from', 'desc')
    .orderBy('review_cycles.id', 'desc')
  return rows.map(cycleOf)
}

function matching(filter: CycleFilter) {
  const query = cyclesFrom(db)
  const { units, departments = [] } = filter
  if (units !== 'all') {
    query.where((any) => {
      any.whereIn('review_cycles.unit_id', units.length ? units : [-1])
      if (units.length || departments.length) {
        any.orWhereExists((cards) => {
          cards.from('scorecards').whereColumn('scorecards.cycle_id', 'review_cycles.id')
          cards.where((reach) =>
            reach
              .whereIn('scorecards.unit_id', units.length ? units : [-1])
              .orWhereIn('scorecards.department_id', departments.length ? departments : [-1])
          )
        })
      }
    })
  }
  if (filter.kind) query.where('review_cycles.kind', filter.kind)
  if (filter.states) query.whereIn('review_cycles.state', [...filter.states])
  return query
}

/** 优秀名额 of a cycle, establishment first. */
export async function quotasOf(cycleId: number, client: Client = db): Promise<QuotaRow[]> {
  const rows = await client
    .from('excellent_quotas')
    .leftJoin('documents', 'documents.id', 'excellent_quotas.document_id')
    .where('cycle_id', cycleId)
    .orderBy('employment_type', 'desc')
    .select('excellent_quotas.*', 'documents.document_no')
  return rows.map((row) => ({
    id: Number(row.id),
    employmentType: row.employment_type,
    base: Number(row.base),
    rate: numberOrNull(row.rate),
    cap: numberOrNull(row.cap),
    binding: Boolean(row.binding),
    used: Number(row.used),
    documentNo: row.document_no,
  }))
}

export async function cycleUnits(cycleId: number, client: Client = db) {
  const rows = await client
    .from('review_cycle_units')
    .join('units', 'units.id', 'review_cycle_units.unit_id')
    .where('cycle_id', cycleId)
    .orderBy('units.id')
    .select('units.id', 'units.name')
  return rows.map((row) => ({ id: Number(row.id), name: row.name as string }))
}

/** How far a cycle is, counted from its cards. */
export async function cycleCounts(
  cycleIds: number[],
  client: Client = db
): Promise<Map<number, CycleCounts>> {
  const rows = await client
    .from('scorecards')
    .whereIn('cycle_id', cycleIds.length ? cycleIds : [-1])
    .groupBy('cycle_id')
    .select('cycle_id')
    .count('* as cards')
    .select(client.raw("sum(case when outlook = 'graded' then 1 else 0 end) as graded"))
    .select(client.raw('sum(case when score is not null then 1 else 0 end) as scored'))
    .select(client.raw('sum(case when rating is not null then 1 else 0 end) as rated'))
    .select(client.raw('sum(case when signed_at is not null then 1 else 0 end) as signed'))
  return new Map(
    rows.map((row) => [
      Number(row.cycle_id),
      {
        cards: toInt(row.cards),
        graded: toInt(row.graded),
        scored: toInt(row.scored),
        rated: toInt(row.rated),
        signed: toInt(row.signed),
      },
    ])
  )
}

function cyclesFrom(client: Client) {
  return client
    .from('review_cycles')
    .join('units', 'units.id', 'review_cycles.unit_id')
    .join('documents', 'documents.id', 'review_cycles.document_id')
    .leftJoin('documents as minutes', 'minutes.id', 'review_cycles.decision_document_id')
    .select('review_cycles.*', 'units.name as unit_name', 'documents.document_no')
    .select('minutes.document_no as minutes_no')
}

const numberOrNull = (value: unknown) => (value === null ? null : Number(value))

function cycleOf(row: any): CycleRow {
  return {
    id: Number(row.id),
    number: row.number,
    title: row.title,
    kind: row.kind,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    period: { from: row.period_from, to: row.period_to },
    state: row.state,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    scoreBy: row.score_by,
    minimumGroup: Number(row.minimum_group),
    appealDays: Number(row.appeal_days),
    publicityFrom: row.publicity_from,
    publicityTo: row.publicity_to,
    appealTo: row.appeal_to,
    decisionDocumentId: numberOrNull(row.decision_document_id),
    decisionDocumentNo: row.minutes_no,
    decisionComment: row.decision_comment,
    preparedBy: numberOrNull(row.prepared_by),
    version: Number(row.version),
  }
}
