import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { withinUnits } from '#shared/lists/reach'
import type { SearchHit } from '#shared/ports/search'

/** Runs by number or title; never a person's pay. */
export async function searchPay(actor: Actor, text: string, limit: number): Promise<SearchHit[]> {
  if (!actor.may('pay.view')) return []
  const units = actor.unitsFor('pay.view')
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  const query = db
    .from('pay_runs')
    .where((any) => any.where('title', 'like', like).orWhere('number', 'like', like))
    .orderBy('id', 'desc')
    .limit(limit)
  withinUnits(query, 'unit_id', units)
  const rows = await query.select('id', 'number', 'title')
  return rows.map((row) => ({
    kind: 'pay_run',
    title: row.title,
    detail: row.number,
    url: `/pay/runs/${row.id}`,
  }))
}
