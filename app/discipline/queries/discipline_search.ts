import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { withinUnits } from '#shared/lists/reach'
import type { SearchHit } from '#shared/ports/search'
import { assetList } from './assets.js'

/** Assets, exemptions, counts and divisions for the search box. */
export async function searchDiscipline(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  return [
    ...(await assets(actor, text, limit)),
    ...(await numbered(actor, text, limit, 'exemption', 'exemptions', 'discipline.view')),
    ...(await numbered(actor, text, limit, 'asset_count', 'asset_counts', 'assets.view')),
  ].slice(0, limit)
}

async function assets(actor: Actor, text: string, limit: number): Promise<SearchHit[]> {
  if (!actor.may('assets.view')) return []
  const found = await assetList({ text, units: actor.unitsFor('assets.view') }, db, limit)
  return found.map((asset) => ({
    kind: 'asset',
    title: asset.name,
    detail: `${asset.code} ${asset.unitName}`,
    url: `/discipline/assets/${asset.id}`,
  }))
}

async function numbered(
  actor: Actor,
  text: string,
  limit: number,
  kind: string,
  table: string,
  capability: string
): Promise<SearchHit[]> {
  if (!actor.may(capability)) return []
  const units = actor.unitsFor(capability)
  const query = db
    .from(table)
    .join('units', 'units.id', `${table}.unit_id`)
    .where(`${table}.number`, 'like', `%${text.replace(/[\\%_]/g, '')}%`)
    .select(`${table}.id`, `${table}.number`, 'units.name')
    .orderBy(`${table}.id`, 'desc')
    .limit(limit)
  withinUnits(query, `${table}.unit_id`, units)
  const path = kind === 'exemption' ? 'exemptions' : 'counts'
  return (await query).map((row) => ({
    kind,
    title: row.number,
    detail: row.name,
    url: `/discipline/${path}/${row.id}`,
  }))
}
