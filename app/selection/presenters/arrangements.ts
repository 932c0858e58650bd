import type { HistoryRow } from '#audit/queries/history'
import type { Actor } from '#shared/actor'
import { maySeeEnding } from '../access.js'
import { VEIL } from '../actions/arrangements.js'
import type { ArrangementRow } from '../queries/arrangements.js'

/** People without a place as this account may see them: endings are kept from all but a few. */
export function arrangementsFor(actor: Actor, rows: readonly ArrangementRow[]): ArrangementRow[] {
  return rows.map((row) => (maySeeEnding(actor, row) ? row : veiled(row)))
}

function veiled(row: ArrangementRow): ArrangementRow {
  return {
    ...row,
    nextStep: row.nextStep === 'ending' ? VEIL : row.nextStep,
    outcome: row.outcome === 'ended' ? null : row.outcome,
  }
}

/** The history of such a case, the same way. */
export function veiledHistory(rows: readonly HistoryRow[]): HistoryRow[] {
  return rows.map((row) => {
    const steps = row.changes.next_step
    if (!Array.isArray(steps)) return row
    const nextStep = steps.map((step) => (step === 'ending' ? VEIL : step))
    return { ...row, changes: { ...row.changes, next_step: nextStep } }
  })
}
