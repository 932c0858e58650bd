import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { resolveUnitName, type UnitNameRow } from '../domain/unit_names.js'

export type ResolvedUnit =
  | { kind: 'found'; unitId: number; unitName: string }
  | { kind: 'ambiguous'; unitIds: number[] }
  | { kind: 'unknown' }

export type UnitResolver = (name: string, onDate: string) => ResolvedUnit

/** The unit that a name means on a date (domain/unit_names.ts: legal before additional before alias). */
export async function resolveUnit(
  name: string,
  onDate: string,
  client: Client = db
): Promise<ResolvedUnit> {
  return (await unitResolver(client))(name, onDate)
}

/** The same for many names: the names are read once, the answers cost no query. */
export async function unitResolver(client: Client = db): Promise<UnitResolver> {
  const rows = await client
    .from('unit_names')
    .join('units', 'units.id', 'unit_names.unit_id')
    .select('unit_names.unit_id', 'unit_names.name', 'unit_names.kind')
    .select('unit_names.valid_from', 'unit_names.valid_to', 'units.name as unit_name')
    .orderBy('unit_names.id')
  const names: UnitNameRow[] = rows.map((row) => ({
    unitId: Number(row.unit_id),
    name: row.name,
    kind: row.kind,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }))
  const unitNames = new Map<number, string>(rows.map((row) => [Number(row.unit_id), row.unit_name]))
  return (name, onDate) => {
    const result = resolveUnitName(name, onDate, names)
    switch (result.status) {
      case 'found':
        return {
          kind: 'found',
          unitId: result.unitId,
          unitName: unitNames.get(result.unitId)!,
        }
      case 'ambiguous':
        return { kind: 'ambiguous', unitIds: result.candidates.map(({ unitId }) => unitId) }
      case 'unknown':
        return { kind: 'unknown' }
    }
  }
}
