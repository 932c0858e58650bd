import { differenceLines } from '../domain/differences.js'
import { computeSlip, type Slip, type SlipInput } from '../domain/slip.js'
import type { ComputeContext } from './compute_context.js'
import { openDifferences, type DifferenceRow } from './differences.js'
import type { RunCase } from './run_cases.js'
import { noTaxBefore, taxBefore, taxedApart } from './tax_before.js'

export interface ComputedCase {
  one: RunCase
  input: SlipInput
  slip: Slip
}

/** The slips of some people, with nothing written: computing, preview and what-if go this way. */
export async function slipsOf(context: ComputeContext, cases: RunCase[]): Promise<ComputedCase[]> {
  const { run } = context
  const personIds = cases.map(({ personId }) => personId)
  const years = await taxBefore(personIds, run)
  const apartBefore = context.mayTaxApart ? await taxedApart(personIds, run) : new Set()
  const takesUp = run.kind === 'monthly' || run.kind === 'correction'
  const due = takesUp ? await openDifferences({ ...run, runId: run.id, personIds }) : new Map()
  return cases.map((one) => {
    const way = one.base?.deductionWay ?? 'monthly'
    const year = years.get(one.personId)
    const input: SlipInput = {
      inputs: one.inputs,
      fixed: one.fixed,
      before: year ? { ...year.before, way } : noTaxBefore(way, Number(run.payMonth.slice(5))),
      additionalFen: Math.max(0, (one.base?.additionalFen ?? 0) - (year?.additionalThisMonth ?? 0)),
      apart:
        context.mayTaxApart && one.base?.bonusApart !== false && !apartBefore.has(one.personId),
    }
    if (run.kind === 'correction') input.inputs = {}
    return withDifferences(
      context,
      { one, input, slip: computeSlip(context.book, context.rules, input) },
      due.get(one.personId) ?? []
    )
  })
}

function withDifferences(context: ComputeContext, computed: ComputedCase, due: DifferenceRow[]) {
  if (due.length === 0) return computed
  const lines = differenceLines(due, computed.slip.net, context.recoveryFloorFen)
  if (lines.length === 0) return computed
  const input = { ...computed.input, fixed: [...computed.input.fixed, ...lines] }
  return { ...computed, input, slip: computeSlip(context.book, context.rules, input) }
}
