import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { DomainError } from '#shared/errors'
import { isSettledRun } from '../domain/runs.js'
import { changedSlips } from '../queries/changed_slips.js'
import { runList, type RunRow } from '../queries/runs.js'

export const CHANGES_JOB = 'pay.changes'

/** Months back in which a changed record calls for the pay officer by itself. */
const MONTHS = 12

/**
 * Counts for every month paid in the last year what the records of today would give otherwise, for
 * the inbox of the pay officer, and for older ones that wait still. A run whose version moved
 * meanwhile is counted the next time.
 */
export async function countChanges(): Promise<number> {
  const first = addMonths(clock.today(), -MONTHS).slice(0, 7)
  const runs = (await runList({ units: 'all', kind: 'monthly' })).filter(
    (run) => isSettledRun(run) && (run.monthTo >= first || run.openChanges)
  )
  let found = 0
  for (const run of runs) {
    const open = await openChangesOf(run)
    const { id, version } = run
    await db.from('pay_runs').where({ id, version }).update({ open_changes: open })
    found += open ?? 0
  }
  return found
}

/** Null where nothing can be computed today: a decision or the items are not there. */
async function openChangesOf(run: RunRow): Promise<number | null> {
  try {
    const { changes } = await changedSlips(run)
    return changes.filter(({ openFen }) => openFen !== 0).length
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}
