import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import type { IndicatorKind, IndicatorSource } from '../domain/codes.js'

export interface IndicatorRow {
  id: number
  code: string
  name: string
  kind: IndicatorKind
  measure: string
  source: IndicatorSource
  version: number
  /** In force today; null: the value counts as it is. */
  formula: string | null
  validFrom: string | null
}

export interface IndicatorVersion {
  id: number
  formula: string | null
  validFrom: string
  documentNo: string | null
  actor: string | null
  recordedAt: string
  replaced: boolean
}

/** The library, with the formulas in force on a date. */
export async function indicatorList(date: string = clock.today()): Promise<IndicatorRow[]> {
  const rows = await db.from('indicators').orderBy('kind').orderBy('code')
  const versions = await db
    .from('indicator_versions')
    .where('live', 1)
    .where('valid_from', '<=', date)
    .orderBy('valid_from')
  const inForce = new Map(versions.map((row) => [Number(row.indicator_id), row]))
  return rows.map((row) => indicatorOf(row, inForce.get(Number(row.id))))
}

export async function indicatorById(id: number, client: Client = db): Promise<IndicatorRow> {
  const row = await client.from('indicators').where('id', id).first()
  if (!row) throw new NotFoundError('indicator')
  const version = await client
    .from('indicator_versions')
    .where({ indicator_id: id, live: 1 })
    .where('valid_from', '<=', clock.today())
    .orderBy('valid_from', 'desc')
    .first()
  return indicatorOf(row, version)
}

/** Every version, newest first. */
export async function indicatorVersions(indicatorId: number): Promise<IndicatorVersion[]> {
  const rows = await db
    .from('indicator_versions')
    .leftJoin('documents', 'documents.id', 'indicator_versions.document_id')
    .leftJoin('users', 'users.id', 'indicator_versions.actor_id')
    .where('indicator_id', indicatorId)
    .orderBy('indicator_versions.id', 'desc')
    .select('indicator_versions.*', 'documents.document_no', 'users.name as actor')
  return rows.map((row) => ({
    id: Number(row.id),
    formula: row.formula,
    validFrom: row.valid_from,
    documentNo: row.document_no,
    actor: row.actor,
    recordedAt: row.recorded_at,
    replaced: row.superseded_by !== null,
  }))
}

function indicatorOf(row: any, version?: any): IndicatorRow {
  return {
    id: Number(row.id),
    code: row.code,
    name: row.name,
    kind: row.kind,
    measure: row.measure,
    source: row.source,
    version: Number(row.version),
    formula: version?.formula ?? null,
    validFrom: version?.valid_from ?? null,
  }
}
