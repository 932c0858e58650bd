import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { enqueue } from '#shared/jobs/queue'
import { DomainError, MoveError } from '#shared/errors'
import { contentHash } from '../domain/content.js'
import type { TransferLine } from '../domain/lines.js'
import { refusalOf, type StepName } from '../domain/steps.js'
import { batchById, preparersOf, type BatchRow } from '../queries/batches.js'
import { linesOf } from '../queries/lines.js'
import { signaturesOf } from '../queries/signatures.js'
import { executionJob } from '../jobs/execute_job.js'
import { moveBatch } from './move_batch.js'

export interface SignInput {
  batchId: number
  version: number
  /** The step that the page showed: signing two steps by one form is not possible. */
  step: StepName
  comment: string | null
  /** The grant that allowed it. */
  grant: ActiveGrant | null
}

/**
 * Signs the step that is due, for the content fixed at submission. The last signature approves and
 * schedules the batch; its execution is queued when the date has come. Throws
 * transfers.errors.own_batch, signed_before or content_changed.
 */
export async function approveStep(input: SignInput, actor: Actor, trx?: Trx): Promise<void> {
  await inTransaction(async (client) => {
    const before = await batchById(input.batchId, client)
    const line = before.line
    if (!line || line.steps[before.step] !== input.step) throw new MoveError({ id: before.id })
    await refuseSigner(client, before, actor, input.grant)
    assertContent(before, await linesOf(before.id, client))
    const last = before.step === line.steps.length - 1
    const batch = await moveBatch(
      client,
      { id: before.id, version: input.version },
      last ? 'approve' : 'sign',
      { step: before.step + 1 }
    )
    await writeSignature(client, before, actor, { ...input, decision: 'approved' })
    await record(client, actor, {
      action: 'transfers.batch.approved',
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      changes: { step: input.step, comment: input.comment, content_hash: before.contentHash },
      grant: input.grant,
    })
    if (last) await schedule(client, batch, actor)
  }, trx)
}

async function schedule(trx: Trx, approved: BatchRow, actor: Actor) {
  const batch = await moveBatch(trx, approved, 'schedule')
  await record(trx, actor, {
    action: 'transfers.batch.scheduled',
    subjectType: 'transfer_batch',
    subjectId: batch.id,
    changes: { effective_on: batch.effectiveOn },
  })
  if (batch.effectiveOn <= clock.today()) await enqueue(trx, executionJob(batch))
}

/** Throws when the actor may not sign this batch, whatever the grant says. */
export async function refuseSigner(
  trx: Trx,
  batch: BatchRow,
  actor: Actor,
  grant: ActiveGrant | null
) {
  const signer = { userId: actor.userId!, onBehalfOfId: grant?.onBehalfOf?.userId ?? null }
  const signed = await signaturesOf(batch.id, trx)
  const round = signed.filter((signature) => signature.round === batch.line!.round)
  const refusal = refusalOf(signer, await preparersOf(batch, trx), round)
  if (refusal) throw new DomainError(`transfers.errors.${refusal}`)
}

/** Throws when heading or lines are not those that were submitted. */
export function assertContent(batch: BatchRow, lines: readonly TransferLine[]) {
  if (contentHash(batch, lines) !== batch.contentHash) {
    throw new DomainError('transfers.errors.content_changed', { number: batch.number })
  }
}

/** The signature as a row; the database holds it to one a step and one a person in each round. */
export async function writeSignature(
  trx: Trx,
  batch: BatchRow,
  actor: Actor,
  input: Pick<SignInput, 'comment' | 'grant'> & { decision: 'approved' | 'returned' }
) {
  try {
    await trx.table('transfer_approvals').insert({
      batch_id: batch.id,
      round: batch.line!.round,
      step: batch.step,
      step_name: batch.line!.steps[batch.step],
      decision: input.decision,
      comment: input.comment,
      content_hash: batch.contentHash,
      user_id: actor.userId,
      user_name: actor.name,
      on_behalf_of: input.grant?.onBehalfOf?.name ?? null,
      on_behalf_of_id: input.grant?.onBehalfOf?.userId ?? null,
      decided_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('transfers.errors.signed_before')
    throw error
  }
}
