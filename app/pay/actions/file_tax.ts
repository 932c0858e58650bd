import { record } from '#audit/actions/record'
import type { Actor, ActiveGrant } from '#shared/actor'
import { inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { Register } from '#shared/spreadsheets/register_writer'
import { taxFiling } from '../documents/tax_filing.js'
import { RELEASED } from '../domain/runs.js'
import type { RunRow } from '../queries/runs.js'
import { taxFilingOf } from '../queries/tax_filing.js'

export interface TaxFilingInput {
  run: RunRow
  /** Why the full numbers are needed: it stands in the log. */
  reason: string
  /** By which the actor may. */
  grant: ActiveGrant | null
}

/**
 * The declaration for the tax office of a run's unit and payment month, with full identity numbers;
 * reason and number of people are on record before it is handed over. DomainError
 * `pay.errors.file_after_release` before the run's release.
 */
export async function fileTax(input: TaxFilingInput, actor: Actor): Promise<Register> {
  const { run, reason, grant } = input
  if (!RELEASED.includes(run.state)) throw new DomainError('pay.errors.file_after_release')
  const rows = await taxFilingOf(run.unitId, run.payMonth)
  const register = taxFiling(rows)
  await inTransaction((trx) =>
    record(trx, actor, {
      action: 'pay.run.unmasked',
      subjectType: 'pay_run',
      subjectId: run.id,
      changes: { paper: 'tax_filing', people: rows.length, reason },
      grant,
    })
  )
  return register
}
