import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { withinUnits } from '#shared/lists/reach'
import type { SearchHit } from '#shared/ports/search'

/** Funds and construction projects for the search box, by name, code or number. */
export async function searchFunds(actor: Actor, text: string, limit: number): Promise<SearchHit[]> {
  const funds = await find(actor, 'funds.view', 'funds', 'code', text, limit)
  const projects = await find(
    ...([actor, 'projects.view', 'construction_projects', 'number', text, limit] as const)
  )
  return [
    ...funds.map((row) => hit('fund', row, `/funds/${row.id}`)),
    ...projects.map((row) => hit('construction_project', row, `/funds/projects/${row.id}`)),
  ].slice(0, limit)
}

async function find(
  actor: Actor,
  capability: string,
  table: string,
  number: string,
  text: string,
  limit: number
) {
  if (!actor.may(capability)) return []
  const units = actor.unitsFor(capability)
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  const query = db.from(table).where((any) => any.where('name', 'like', like).orWhere(number, like))
  withinUnits(query, 'unit_id', units)
  return query.orderBy('id', 'desc').limit(limit).select('id', 'name', `${number} as number`)
}

function hit(kind: string, row: any, url: string): SearchHit {
  return { kind, title: row.name, detail: row.number, url }
}
