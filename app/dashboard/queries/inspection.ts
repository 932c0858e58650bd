import { openDifferences } from '#discipline/queries/counts'
import { exemptionPage, type ExemptionRow } from '#discipline/queries/exemptions'
import { recordPage, type RecordRow } from '#discipline/queries/records'
import { disciplineFigures, freezeStatus } from '#discipline/queries/status'
import { warningPage, type WarningRow } from '#discipline/queries/warnings'
import type { Actor } from '#shared/actor'

const SHOWN = 6

/** What the discipline inspector looks after: attempts, exemptions, differences, warnings. */
export async function inspectionOf(actor: Actor) {
  const units = actor.unitsFor('discipline.inspect')
  const first = <T>({ rows }: { rows: T[] }) => rows.slice(0, SHOWN)
  const filter = { units, cursor: null }
  const attempts: RecordRow[] = first(await recordPage({ ...filter, outcome: 'refused' }))
  const exemptions: ExemptionRow[] = first(await exemptionPage({ ...filter, state: 'submitted' }))
  const warnings: WarningRow[] = first(await warningPage({ ...filter, state: 'open' }))
  return {
    freeze: await freezeStatus(),
    counted: await disciplineFigures(units),
    differences: await openDifferences(units, SHOWN),
    attempts,
    exemptions,
    warnings,
  }
}
