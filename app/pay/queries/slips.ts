import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt, type Row } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import {
  RELEASED,
  type PayClass,
  type Payment,
  type RunKind,
  type RunState,
} from '../domain/runs.js'

export interface SlipRow {
  id: number
  runId: number
  runTitle: string
  runNumber: string
  runKind: RunKind
  runState: RunState
  unitId: number
  unitName: string
  employmentType: PayClass
  monthFrom: string
  monthTo: string
  payMonth: string
  objectionsUntil: string | null
  personId: number
  personName: string
  departmentId: number | null
  departmentName: string | null
  postName: string | null
  nature: string | null
  grade: string | null
  state: 'computed' | 'missing' | 'set_aside'
  missing: string[]
  reason: string | null
  grossFen: number
  deductionFen: number
  taxFen: number
  netFen: number
  employerFen: number
  drawnFen: number
  accountMasked: string | null
  payment: Payment
  paymentNote: string | null
  answerState: 'open' | 'confirmed' | 'objected' | 'answered'
  objection: string | null
  answer: string | null
  version: number
}

export interface SlipFilters {
  runId: number
  state?: string | null
  departmentId?: number | null
  payment?: string | null
  answerState?: string | null
  text?: string | null
}

/** The slips of a run as it was last computed, in the order of names. */
export async function slipPage(
  filters: SlipFilters & { cursor: string | null }
): Promise<KeysetPage<SlipRow>> {
  const page = await keysetPage<any>(matching(filters), {
    column: 'p.name_pinyin',
    idColumn: 's.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(slipOf) }
}

/** All of a run, by department and name: registers, files, reports. */
export async function slipList(filters: SlipFilters, client: Client = db): Promise<SlipRow[]> {
  const rows = await matching(filters, client)
    .orderBy('s.department_name')
    .orderBy('p.name_pinyin')
    .orderBy('s.id')
  return rows.map(slipOf)
}

export async function slipById(id: number, client: Client = db): Promise<SlipRow> {
  const row = await slipsFrom(client).where('s.id', id).first()
  if (!row) throw new NotFoundError('payslip')
  return slipOf(row)
}

/** Year to date with the agent up to a payment month, this slip included. */
export async function yearToDate(slip: SlipRow) {
  const [row] = await db
    .from('pay_slips as s')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .where({ 's.person_id': slip.personId, 's.state': 'computed', 'r.unit_id': slip.unitId })
    .whereIn('r.state', [...RELEASED])
    .whereBetween('r.pay_month', [`${slip.payMonth.slice(0, 4)}-01`, slip.payMonth])
    .sum('s.gross_fen as gross')
    .sum('s.deduction_fen as deduction')
    .sum('s.tax_fen as tax')
    .sum('s.net_fen as net')
  return {
    gross: toInt(row.gross),
    deduction: toInt(row.deduction),
    tax: toInt(row.tax),
    net: toInt(row.net),
  }
}

/** Departments of a run with their sums: the other side of the reconciliation. */
export async function departmentSums(runId: number) {
  const rows = await matching({ runId, state: 'computed' })
    .clearSelect()
    .groupBy('s.department_id', 's.department_name')
    .orderBy('s.department_name')
    .select('s.department_id', 's.department_name')
    .count('* as people')
    .sum('s.gross_fen as gross')
    .sum('s.net_fen as net')
    .sum('s.drawn_fen as drawn')
  return rows.map((row) => ({
    departmentId: row.department_id === null ? null : Number(row.department_id),
    name: row.department_name as string | null,
    people: toInt(row.people),
    grossFen: toInt(row.gross),
    netFen: toInt(row.net),
    drawnFen: toInt(row.drawn),
  }))
}

function matching(filters: SlipFilters, client: Client = db) {
  const query = slipsFrom(client).where('s.run_id', filters.runId)
  const equal = {
    's.state': filters.state,
    's.department_id': filters.departmentId,
    's.payment': filters.payment,
    's.answer_state': filters.answerState,
  }
  for (const [column, value] of Object.entries(equal)) if (value) query.where(column, value)
  if (filters.text) {
    const like = `%${filters.text.replace(/[\\%_]/g, '')}%`
    query.where((any) => any.where('p.name', 'like', like).orWhere('p.name_pinyin', 'like', like))
  }
  return query
}

/** Slips with run, unit and person; `s` is the slip, `r` its run. */
export function slipsFrom(client: Client) {
  return client
    .from('pay_slips as s')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .join('persons as p', 'p.id', 's.person_id')
    .join('units as u', 'u.id', 'r.unit_id')
    .select('s.*', 'p.name as person_name', 'u.name as unit_name')
    .select('r.title as run_title', 'r.number as run_number', 'r.kind as run_kind')
    .select('r.state as run_state', 'r.unit_id', 'r.employment_type', 'r.objections_until')
    .select('r.month_from', 'r.month_to', 'r.pay_month')
}

export function slipOf(row: Row): SlipRow {
  return {
    id: Number(row.id),
    runId: Number(row.run_id),
    runTitle: row.run_title,
    runNumber: row.run_number,
    runKind: row.run_kind,
    runState: row.run_state,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    employmentType: row.employment_type,
    monthFrom: row.month_from,
    monthTo: row.month_to,
    payMonth: row.pay_month,
    objectionsUntil: row.objections_until,
    personId: Number(row.person_id),
    personName: row.person_name,
    departmentId: row.department_id === null ? null : Number(row.department_id),
    departmentName: row.department_name,
    postName: row.post_name,
    nature: row.nature,
    grade: row.grade,
    state: row.state,
    missing: row.missing ? JSON.parse(row.missing) : [],
    reason: row.reason,
    grossFen: toInt(row.gross_fen),
    deductionFen: toInt(row.deduction_fen),
    taxFen: toInt(row.tax_fen),
    netFen: toInt(row.net_fen),
    employerFen: toInt(row.employer_fen),
    drawnFen: toInt(row.drawn_fen),
    accountMasked: row.account_masked,
    payment: row.payment,
    paymentNote: row.payment_note,
    answerState: row.answer_state,
    objection: row.objection,
    answer: row.answer,
    version: Number(row.version),
  }
}
