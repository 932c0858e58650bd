import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import type { Client } from '#decisions/queries/client'
import { factsAsOf, type UnitFacts } from './unit_facts.js'

export interface UnitRow {
  id: number
  code: string
  name: string
  /** reform: takes part in the reform; external: a body outside. */
  kind: 'reform' | 'external'
  dissolvedOn: string | null
  version: number
}

export interface UnitDetail extends UnitRow {
  facts: UnitFacts | null
}

/** One unit with its facts as of a date (default today), or 404. */
export async function unitById(
  id: number,
  asOf: string = clock.today(),
  client: Client = db
): Promise<UnitDetail> {
  const row = await client.from('units').where('id', id).first()
  if (!row) throw new NotFoundError('unit')
  const facts = await factsAsOf(asOf, [id], client)
  return { ...unitOf(row), facts: facts.get(id) ?? null }
}

/** Unknown ids are simply absent. */
export async function unitsByIds(
  ids: number[],
  client: Client = db
): Promise<Map<number, UnitRow>> {
  const rows = ids.length ? await client.from('units').whereIn('id', [...new Set(ids)]) : []
  return new Map(rows.map((row) => [Number(row.id), unitOf(row)]))
}

/** Units to choose from: those of the reform that are not dissolved on the day, by name. */
export async function livingUnits(
  asOf: string = clock.today(),
  client: Client = db
): Promise<UnitRow[]> {
  const rows = await client
    .from('units')
    .where('kind', 'reform')
    .where((open) => open.whereNull('dissolved_on').orWhere('dissolved_on', '>', asOf))
    .orderBy('name_pinyin')
    .orderBy('id')
  return rows.map(unitOf)
}

/** Every unit of the reform, dissolved ones too: for filters over past dates. */
export async function reformUnits(client: Client = db): Promise<UnitRow[]> {
  const rows = await client
    .from('units')
    .where('kind', 'reform')
    .orderBy('name_pinyin')
    .orderBy('id')
  return rows.map(unitOf)
}

export function unitOf(row: any): UnitRow {
  return {
    id: Number(row.id),
    code: row.code,
    name: row.name,
    kind: row.kind,
    dissolvedOn: row.dissolved_on,
    version: Number(row.version),
  }
}

export { unitTree } from './unit_tree.js'
