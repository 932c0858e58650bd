import type { Actor } from '#shared/actor'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { changedSlips } from '../queries/changed_slips.js'
import { runById } from '../queries/runs.js'
import { isSettledRun } from '../domain/runs.js'
import { instalmentOf } from '../domain/differences.js'
import { prepareDifference } from './differences.js'

/**
 * Prepares a difference for every earning of a released monthly run that the records of today would
 * give otherwise, each with the fact that changed; the head approves them one by one. What is taken
 * back may be spread over so many runs. The run's version is taken, so that two at once do not
 * prepare them twice. Returns how many.
 */
export async function prepareChanges(
  input: { runId: number; version: number; absent: string; instalments?: number | null },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const run = await runById(input.runId)
  if (!isSettledRun(run)) throw new DomainError('pay.errors.not_released_month')
  const { changes: all } = await changedSlips(run)
  const changes = all.filter(({ openFen }) => openFen !== 0)
  if (changes.length === 0) throw new DomainError('pay.errors.no_changes')
  await inTransaction(async (client) => {
    await updateVersioned(client, 'pay_runs', run.id, input.version, { open_changes: 0 })
    for (const { slipId, personId, itemName, fact, openFen } of changes) {
      await prepareDifference(
        {
          personId,
          unitId: run.unitId,
          employmentType: run.employmentType,
          slipId,
          itemName,
          fact: (fact ?? input.absent).slice(0, 500),
          amountFen: openFen,
          instalmentFen: instalmentOf(openFen, input.instalments ?? null),
          documentId: null,
          fromRecords: true,
        },
        actor,
        client
      )
    }
  }, trx)
  return changes.length
}
