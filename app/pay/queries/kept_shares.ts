import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { RELEASED } from '../domain/runs.js'
import type { RunRow } from './runs.js'

/** What a run keeps back, by person, each with the reason. */
export async function keptShares(runId: number, client: Client) {
  const rows = await client.from('pay_kept_shares').where('run_id', runId)
  return new Map(
    rows.map((row) => [
      Number(row.person_id),
      { fen: toInt(row.amount_fen), reason: row.reason as string },
    ])
  )
}

/** What the run before of the same period kept back for these people; null: it is the first. */
export async function keptBefore(
  run: RunRow,
  personIds: ReadonlySet<number>,
  client: Client
): Promise<number | null> {
  if (run.sequence === 1) return null
  const rows = await client
    .from('pay_kept_shares as k')
    .join('pay_runs as r', 'r.id', 'k.run_id')
    .where({ 'r.unit_id': run.unitId, 'r.kind': run.kind, 'r.month_from': run.monthFrom })
    .where({ 'r.employment_type': run.employmentType, 'r.month_to': run.monthTo })
    .where('r.sequence', run.sequence - 1)
    .whereIn('r.state', [...RELEASED])
    .select('k.person_id', 'k.amount_fen')
  return rows
    .filter((row) => personIds.has(Number(row.person_id)))
    .reduce((sum, row) => sum + toInt(row.amount_fen), 0)
}
