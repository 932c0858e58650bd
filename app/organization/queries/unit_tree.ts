import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { factsAsOf } from './unit_facts.js'

export interface TreeUnit {
  id: number
  /** The legal name of that day. */
  name: string
  additionalNames: string[]
  kind: 'reform' | 'external'
  parentId: number | null
  rank: string | null
  unitClass: string | null
  supervisor: string | null
}

export interface TreeNode extends TreeUnit {
  children: TreeNode[]
}

/**
 * The units that existed on a day, flat, parents before children by name: those of the reform and
 * the outside bodies above them. A unit exists from its first legal name until it is dissolved.
 */
export async function unitsOn(asOf: string, client: Client = db): Promise<TreeUnit[]> {
  const names = await namesOn(asOf, client)
  const facts = await factsAsOf(asOf, undefined, client)
  const rows = await client
    .from('units')
    .where((open) => open.whereNull('dissolved_on').orWhere('dissolved_on', '>', asOf))
    .orderBy('name_pinyin')
    .orderBy('id')
  const all = rows
    .map((row): TreeUnit | null => {
      const id = Number(row.id)
      const own = names.get(id)
      if (!own?.legal) return null
      const fact = facts.get(id)
      return {
        id,
        name: own.legal,
        additionalNames: own.additional,
        kind: row.kind,
        parentId: fact?.parentId ?? null,
        rank: fact?.rank ?? null,
        unitClass: fact?.unitClass ?? null,
        supervisor: fact?.supervisor ?? null,
      }
    })
    .filter((unit) => unit !== null)
  const above = ancestorsOf(all)
  return all.filter((unit) => unit.kind === 'reform' || above.has(unit.id))
}

/** The same as a tree; whose parent is not there stands as a root. */
export async function unitTree(asOf: string, client: Client = db): Promise<TreeNode[]> {
  const units = await unitsOn(asOf, client)
  const nodes = new Map(units.map((unit) => [unit.id, { ...unit, children: [] as TreeNode[] }]))
  const roots: TreeNode[] = []
  for (const node of nodes.values()) {
    const parent = node.parentId === null ? undefined : nodes.get(node.parentId)
    if (parent) parent.children.push(node)
    else roots.push(node)
  }
  return roots
}

function ancestorsOf(units: TreeUnit[]): Set<number> {
  const parents = new Map(units.map((unit) => [unit.id, unit.parentId]))
  const above = new Set<number>()
  for (const unit of units) {
    if (unit.kind !== 'reform') continue
    for (let id = unit.parentId; id && !above.has(id); id = parents.get(id) ?? null) above.add(id)
  }
  return above
}

async function namesOn(asOf: string, client: Client) {
  const rows = await client
    .from('unit_names')
    .where('valid_from', '<=', asOf)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', asOf))
    .whereIn('kind', ['legal', 'additional'])
    .orderBy('valid_from')
    .orderBy('id')
  const names = new Map<number, { legal: string | null; additional: string[] }>()
  for (const row of rows) {
    const own = names.get(Number(row.unit_id)) ?? { legal: null, additional: [] }
    if (row.kind === 'legal') own.legal = row.name
    else own.additional.push(row.name)
    names.set(Number(row.unit_id), own)
  }
  return names
}
