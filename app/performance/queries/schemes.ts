import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { NotFoundError } from '#shared/errors'
import type { CycleKind, IndicatorSource } from '../domain/codes.js'
import type { RoleWeights } from '../domain/combine.js'
import type { ScoreItem } from '../domain/score.js'

export interface SchemeItem extends ScoreItem {
  source: IndicatorSource
  measure: string
}

/** A scheme of a class of posts as it stands from a day on. */
export interface SchemeRow {
  id: number
  code: string
  name: string
  unitId: number
  unitName: string
  cycleKind: CycleKind
  nature: string | null
  category: string | null
  employmentType: string | null
  formula: string
  tilt: string
  scorers: RoleWeights
  validFrom: string
  documentId: number
  documentNo: string
  replaced: boolean
  items: SchemeItem[]
}

/** Schemes in force on a date, each with the indicators' formulas of that date. */
export async function schemesOn(
  date: string,
  filter: { unitIds?: number[]; cycleKind?: CycleKind },
  client: Client = db
): Promise<SchemeRow[]> {
  const query = schemesFrom(client)
    .where('score_schemes.live', 1)
    .where('score_schemes.valid_from', '<=', date)
    .orderBy('score_schemes.code')
    .orderBy('score_schemes.valid_from', 'desc')
  if (filter.unitIds) query.whereIn('score_schemes.unit_id', filter.unitIds)
  if (filter.cycleKind) query.where('score_schemes.cycle_kind', filter.cycleKind)
  const newest = new Map<string, any>()
  for (const row of await query) if (!newest.has(row.code)) newest.set(row.code, row)
  return withItems([...newest.values()], date, client)
}

/** Schemes by id, with formulas as of a date; replaced ones too, for cards that used them. */
export async function schemesByIds(
  ids: number[],
  date: string,
  client: Client = db
): Promise<Map<number, SchemeRow>> {
  const rows = await schemesFrom(client).whereIn('score_schemes.id', ids.length ? ids : [-1])
  const schemes = await withItems(rows, date, client)
  return new Map(schemes.map((scheme) => [scheme.id, scheme]))
}

export async function schemeById(id: number, date: string): Promise<SchemeRow> {
  const scheme = (await schemesByIds([id], date)).get(id)
  if (!scheme) throw new NotFoundError('score scheme')
  return scheme
}

/** Every version of a scheme, newest first. */
export async function schemeVersions(code: string): Promise<SchemeRow[]> {
  const rows = await schemesFrom(db)
    .where('score_schemes.code', code)
    .orderBy('score_schemes.id', 'desc')
  return withItems(rows, '9999-12-31', db)
}

function schemesFrom(client: Client) {
  return client
    .from('score_schemes')
    .join('units', 'units.id', 'score_schemes.unit_id')
    .join('documents', 'documents.id', 'score_schemes.document_id')
    .select('score_schemes.*', 'units.name as unit_name', 'documents.document_no')
}

async function withItems(rows: any[], date: string, client: Client): Promise<SchemeRow[]> {
  const ids = rows.map((row) => Number(row.id))
  const items = await client
    .from('scheme_items')
    .join('indicators', 'indicators.id', 'scheme_items.indicator_id')
    .whereIn('scheme_items.scheme_id', ids.length ? ids : [-1])
    .orderBy('scheme_items.item_no')
    .select('scheme_items.*', 'indicators.name', 'indicators.kind')
    .select('indicators.source', 'indicators.measure')
  const formulas = await formulasOn(date, client)
  return rows.map((row) => ({
    id: Number(row.id),
    code: row.code,
    name: row.name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    cycleKind: row.cycle_kind,
    nature: row.nature,
    category: row.category,
    employmentType: row.employment_type,
    formula: row.formula,
    tilt: row.front_line_tilt,
    scorers: {
      manager: Number(row.manager_weight),
      peer: Number(row.peer_weight),
      service: Number(row.service_weight),
    },
    validFrom: row.valid_from,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    replaced: row.superseded_by !== null,
    items: items
      .filter((item) => Number(item.scheme_id) === Number(row.id))
      .map((item) => ({
        indicatorId: Number(item.indicator_id),
        name: item.name,
        kind: item.kind,
        source: item.source,
        measure: item.measure,
        weight: Number(item.weight),
        formula: formulas.get(Number(item.indicator_id)) ?? null,
      })),
  }))
}

/** Indicator → its formula in force on a date. */
async function formulasOn(date: string, client: Client): Promise<Map<number, string | null>> {
  const rows = await client
    .from('indicator_versions')
    .where('live', 1)
    .where('valid_from', '<=', date)
    .orderBy('valid_from')
  return new Map(rows.map((row) => [Number(row.indicator_id), row.formula]))
}
