import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull, toInt, type Row } from '#shared/database'
import { NotFoundError, type ErrorParams } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { DistributionSettings } from '../domain/distribution.js'
import type { TaxRules } from '../domain/slip.js'
import {
  RELEASED,
  partsOf,
  type PayClass,
  type RunKind,
  type RunState,
  type TotalPart,
} from '../domain/runs.js'

export interface RunSettings {
  distribution?: DistributionSettings
  /** What an incentive run shares out, leaders included; at most what is left of the allotment. */
  poolFen?: number
  /** Department id → amount, of the last distribution. */
  departments?: Record<string, number>
  /** What it was taxed by when it was computed. */
  rules?: TaxRules
}

export interface RunRow {
  id: number
  number: string
  title: string
  kind: RunKind
  unitId: number
  unitName: string
  employmentType: PayClass
  monthFrom: string
  monthTo: string
  payMonth: string
  sequence: number
  state: RunState
  allotmentId: number | null
  /** The part of the total that it draws on. */
  part: TotalPart
  cycleId: number | null
  settings: RunSettings
  computeNo: number
  computedNo: number | null
  stopped: { key: string; params: ErrorParams } | null
  grossFen: number
  deductionFen: number
  taxFen: number
  netFen: number
  employerFen: number
  drawnFen: number
  reserveFen: number
  leadersFen: number
  /** Kept back for people who are set aside. */
  keptFen: number
  people: number
  objectionsUntil: string | null
  comment: string | null
  preparedBy: number | null
  preparedByName: string | null
  checkedByName: string | null
  approvedBy: number | null
  approvedByName: string | null
  releasedByName: string | null
  computedAt: string | null
  releasedAt: string | null
  /** Lines that the records would give otherwise today, as last counted. */
  openChanges: number | null
  version: number
}

export interface RunFilters {
  units: 'all' | number[]
  kind?: string | null
  state?: string | null
  states?: readonly string[]
  employmentType?: string | null
  month?: string | null
  /** Months that were paid and are no more as the records say. */
  changed?: boolean
}

export async function runPage(
  filters: RunFilters & { cursor: string | null }
): Promise<KeysetPage<RunRow>> {
  const page = await keysetPage<any>(matching(filters), {
    column: 'r.id',
    idColumn: 'r.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(runOf) }
}

export async function runList(filters: RunFilters): Promise<RunRow[]> {
  return (await matching(filters).orderBy('r.id', 'desc')).map(runOf)
}

export async function runById(id: number, client: Client = db): Promise<RunRow> {
  const row = await runsFrom(client).where('r.id', id).first()
  if (!row) throw new NotFoundError('pay run')
  return runOf(row)
}

/** The released runs of the last period before this one, of the same kind and class. */
export async function previousPeriod(run: RunRow, client: Client = db): Promise<RunRow[]> {
  const last = await alike(run, client)
    .where('r.month_to', '<', run.monthFrom)
    .whereIn('r.state', [...RELEASED])
    .orderBy('r.month_to', 'desc')
    .orderBy('r.month_from')
    .first()
  return last ? runsOfPeriod(runOf(last), client) : []
}

/** Every released run of the period of a run: what one sets aside the next pays. */
export async function runsOfPeriod(run: RunRow, client: Client = db): Promise<RunRow[]> {
  const rows = await alike(run, client)
    .where({ 'r.month_from': run.monthFrom, 'r.month_to': run.monthTo })
    .whereIn('r.state', [...RELEASED])
    .orderBy('r.id')
  return rows.map(runOf)
}

function alike(run: RunRow, client: Client) {
  return runsFrom(client).where({
    'r.unit_id': run.unitId,
    'r.kind': run.kind,
    'r.employment_type': run.employmentType,
  })
}

function matching(filters: RunFilters) {
  const query = runsFrom(db)
  if (filters.kind) query.where('r.kind', filters.kind)
  if (filters.state) query.where('r.state', filters.state)
  if (filters.states) query.whereIn('r.state', [...filters.states])
  if (filters.employmentType) query.where('r.employment_type', filters.employmentType)
  if (filters.month) query.where('r.pay_month', filters.month)
  if (filters.changed) query.where('r.open_changes', '>', 0)
  return withinUnits(query, 'r.unit_id', filters.units)
}

function runsFrom(client: Client) {
  const query = client.from('pay_runs as r').join('units as u', 'u.id', 'r.unit_id')
  query.leftJoin('pay_allotments as a', 'a.id', 'r.allotment_id')
  query.select('r.*', 'u.name as unit_name', 'a.part')
  for (const who of ['prepared', 'checked', 'approved', 'released']) {
    query
      .leftJoin(`users as ${who}`, `${who}.id`, `r.${who}_by`)
      .select(`${who}.name as ${who}_name`)
  }
  return query
}

function runOf(row: Row): RunRow {
  return {
    id: Number(row.id),
    number: row.number,
    title: row.title,
    kind: row.kind,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    employmentType: row.employment_type,
    monthFrom: row.month_from,
    monthTo: row.month_to,
    payMonth: row.pay_month,
    sequence: Number(row.sequence),
    state: row.state,
    allotmentId: idOrNull(row.allotment_id),
    part: row.part ?? partsOf(row.kind)[0],
    cycleId: idOrNull(row.cycle_id),
    settings: JSON.parse(row.settings),
    computeNo: Number(row.compute_no),
    computedNo: idOrNull(row.computed_no),
    stopped: row.stopped ? JSON.parse(row.stopped) : null,
    grossFen: toInt(row.gross_fen),
    deductionFen: toInt(row.deduction_fen),
    taxFen: toInt(row.tax_fen),
    netFen: toInt(row.net_fen),
    employerFen: toInt(row.employer_fen),
    drawnFen: toInt(row.drawn_fen),
    reserveFen: toInt(row.reserve_fen),
    leadersFen: toInt(row.leaders_fen),
    keptFen: toInt(row.kept_fen),
    people: Number(row.people),
    objectionsUntil: row.objections_until,
    comment: row.comment,
    preparedBy: idOrNull(row.prepared_by),
    preparedByName: row.prepared_name,
    checkedByName: row.checked_name,
    approvedBy: idOrNull(row.approved_by),
    approvedByName: row.approved_name,
    releasedByName: row.released_name,
    computedAt: row.computed_at,
    releasedAt: row.released_at,
    openChanges: idOrNull(row.open_changes),
    version: Number(row.version),
  }
}
