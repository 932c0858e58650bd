import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import { ANNUAL_TABLE, type TaxBracket } from '../domain/tax.js'
import { tableOf, type ScaleStep } from '../domain/tax_scale.js'
import type { TaxRules } from '../domain/slip.js'
import { taxSettingOn } from './configuration.js'

export interface ScaleTrial {
  people: number
  missing: number
  /** The year's tax of all of them by the table in force, and by this one. */
  beforeFen: number
  afterFen: number
  more: number
  less: number
}

export interface ScaleRow {
  id: number
  validFrom: string
  steps: ScaleStep[]
  table: TaxBracket[]
  documentId: number
  documentNo: string
  state: 'draft' | 'effective' | 'dropped'
  trial: ScaleTrial | null
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  version: number
}

/** What a payment month is taxed by; the table names the document that set it. */
export async function taxRulesOn(
  date: string,
  client: Client = db
): Promise<TaxRules & { apartUntil: string }> {
  const { monthlyDeduction, apartUntil } = (await taxSettingOn(date, client)).value
  const scale = await scaleOn(date, client)
  const table = scale?.table ?? ANNUAL_TABLE
  const source = scale && { source: `${scale.documentNo}|${scale.validFrom}` }
  return { table, monthlyDeduction, ...source, apartUntil }
}

/** The table in force on a date; null: the one of the State Taxation Administration. */
export async function scaleOn(date: string, client: Client = db): Promise<ScaleRow | null> {
  const row = await scalesFrom(client)
    .where('x.state', 'effective')
    .where('x.valid_from', '<=', date)
    .orderBy('x.valid_from', 'desc')
    .first()
  return row ? scaleOf(row) : null
}

export async function scaleById(id: number, client: Client = db): Promise<ScaleRow> {
  const row = await scalesFrom(client).where('x.id', id).first()
  if (!row) throw new NotFoundError('tax table')
  return scaleOf(row)
}

/** Drafts and tables in effect, latest first. */
export async function scaleList(state?: 'draft'): Promise<ScaleRow[]> {
  const query = scalesFrom(db).whereNot('x.state', 'dropped')
  if (state) query.where('x.state', state)
  return (await query.orderBy('x.valid_from', 'desc').orderBy('x.id', 'desc')).map(scaleOf)
}

function scalesFrom(client: Client) {
  return client
    .from('pay_tax_scales as x')
    .join('documents as doc', 'doc.id', 'x.document_id')
    .leftJoin('users as authors', 'authors.id', 'x.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 'x.decided_by')
    .select('x.*', 'doc.document_no', 'authors.name as author', 'deciders.name as decider')
}

function scaleOf(row: any): ScaleRow {
  const steps: ScaleStep[] = JSON.parse(row.steps)
  return {
    id: Number(row.id),
    validFrom: row.valid_from,
    steps,
    table: tableOf(steps),
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    state: row.state,
    trial: row.trial ? JSON.parse(row.trial) : null,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    preparedByName: row.author,
    decidedByName: row.decider,
    version: Number(row.version),
  }
}
