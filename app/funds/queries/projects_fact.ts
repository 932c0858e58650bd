import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import type { Fact, FactSource } from '#shared/ports/facts'

/** The construction projects are done when each has passed its acceptance (竣工验收). */
export const projectsAccepted: FactSource = { code: 'funds.projects_accepted', read }

async function read(): Promise<Fact> {
  const rows = await db
    .from('project_steps')
    .where('step', 'acceptance')
    .groupBy('state')
    .select('state')
    .count('* as projects')
  const planned = rows.reduce((sum, row) => sum + toInt(row.projects), 0)
  const done = toInt(rows.find(({ state }) => state === 'approved')?.projects ?? 0)
  const open = planned - done
  return {
    met: planned > 0 && open === 0,
    done,
    planned,
    url: '/funds/projects',
    missing: open ? [{ key: 'funds.fact_missing.projects', params: { count: open } }] : [],
  }
}
