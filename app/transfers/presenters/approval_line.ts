import type { I18n } from '@adonisjs/i18n'
import { civilTime } from '#shared/clock'
import type { StepName } from '../domain/steps.js'
import type { BatchRow } from '../queries/batches.js'
import type { SignatureRow } from '../queries/signatures.js'

/**
 * The approval line of the present round for the page: who signed when, which step is due, what is
 * to come. A returned batch shows the round that was sent back.
 */
export function approvalLine(
  batch: BatchRow,
  signatures: readonly SignatureRow[],
  configured: readonly StepName[],
  i18n: I18n
) {
  const steps = batch.line?.steps ?? configured
  const round = signatures.filter((signature) => signature.round === batch.line?.round)
  return steps.map((name, index) => {
    const signature = round.find(({ step }) => step === index)
    const due = batch.state === 'submitted' && index === batch.step
    const signed = signature?.decision === 'approved' ? 'done' : 'refused'
    return {
      label: i18n.t(`transfers.steps.${name}`),
      state: signature ? signed : due ? 'current' : 'todo',
      name: signature?.userName ?? null,
      at: signature ? civilTime(signature.decidedAt) : null,
      onBehalfOf: signature?.onBehalfOf ?? null,
      comment: signature?.comment ?? null,
    }
  })
}
