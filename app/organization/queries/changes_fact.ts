import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import type { Fact, FactSource } from '#shared/ports/facts'

/** The reform of the units is done when every change that the plan announces is carried out. */
export const unitChangesDone: FactSource = { code: 'organization.changes_done', read }

async function read(): Promise<Fact> {
  const rows = await db.from('unit_changes').groupBy('state').select('state').count('* as changes')
  const planned = rows.reduce((sum, row) => sum + toInt(row.changes), 0)
  const done = toInt(rows.find(({ state }) => state === 'executed')?.changes ?? 0)
  const open = planned - done
  return {
    met: planned > 0 && open === 0,
    done,
    planned,
    url: '/organization/changes',
    missing: open ? [{ key: 'organization.fact_missing.changes', params: { count: open } }] : [],
  }
}
