import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, StaleError } from '#shared/errors'
import { openSteps, type OpenStep } from '../queries/step_raises.js'
import { wageBasesOn } from '../queries/wage_bases.js'
import { holdBases, putWageBase } from './wage_base.js'

/**
 * Raises the accepted steps by one from 1 January (art. 28): a new base that copies the one in force.
 * People without a step then or a standard of the next one, or with a later base that may contain it,
 * are left for `settleStep`.
 * Returns how many were raised; each once, whoever asks at the same time.
 */
export async function raiseSteps(
  units: 'all' | number[],
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const held = (await openSteps({ units }, trx)).map(({ personId }) => personId).sort(byNumber)
  return inTransaction(async (client) => {
    await holdBases(client, held)
    const open = await openSteps({ units }, client)
    const ready = open.filter((step) => isReady(step) && held.includes(step.personId))
    for (const step of ready) await raise(client, step, actor)
    return ready.length
  }, trx)
}

const byNumber = (one: number, other: number) => one - other

/** A base that begins later contains the step already: said by name, with who said it. */
export async function settleStep(decisionId: number, actor: Actor, trx?: Trx): Promise<void> {
  await inTransaction(async (client) => {
    const [step] = await openSteps({ units: 'all', decisionId }, client)
    if (!step?.laterBase) throw new StaleError({ id: decisionId })
    await contain(client, step, step.laterBase.id, 'pay.step.contained', actor)
  }, trx)
}

/** One that `raiseSteps` takes: a step to start from, one to rise to, and nothing entered since. */
export function isReady({ step, hasStandard, laterBase }: OpenStep): boolean {
  return step !== null && hasStandard && laterBase === null
}

async function raise(trx: Trx, step: OpenStep, actor: Actor) {
  const base = (await wageBasesOn([step.personId], step.from, trx)).get(step.personId)!
  const id = await putWageBase(trx, step.personId, step.from, {
    step: base.step! + 1,
    pension_base_fen: base.pensionBaseFen,
    housing_base_fen: base.housingBaseFen,
    allowance_fen: base.allowanceFen,
    additional_deduction_fen: base.additionalFen,
    leader: base.leader,
    deduction_way: base.deductionWay,
    account_sealed: base.accountSealed,
    account_masked: base.accountMasked,
    reason: step.documentNo,
    actor_id: actor.userId,
  })
  await contain(trx, step, id, 'pay.step.raised', actor)
}

async function contain(trx: Trx, step: OpenStep, baseId: number, action: string, actor: Actor) {
  try {
    await insertRow(trx, 'step_raises', {
      rating_decision_id: step.decisionId,
      wage_base_id: baseId,
      actor_id: actor.userId,
      created_at: clock.now(),
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('pay.errors.step_raised', { person: step.personName })
  }
  await record(trx, actor, {
    action,
    subjectType: 'person',
    subjectId: step.personId,
    changes: { valid_from: step.from, document: step.documentNo },
  })
}
