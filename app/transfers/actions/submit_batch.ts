import { record } from '#audit/actions/record'
import { lockPosts } from '#organization/actions/lock_posts'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { contentHash } from '../domain/content.js'
import { approvalSteps, type ApprovalLine } from '../domain/steps.js'
import { batchById, unitsOfBatch } from '../queries/batches.js'
import { passFreeze } from '../queries/check_facts.js'
import { linesOf } from '../queries/lines.js'
import { namesOfLines } from '../queries/people_of_lines.js'
import { settingOn, STEPS_SETTING } from '../queries/settings.js'
import { judgeBatch } from './check_batch.js'
import { moveBatch } from './move_batch.js'
import { takeReservations } from './reservations.js'

const LINES = { table: 'transfer_lines', post: 'to_post_id', owner: 'batch_id' }

/**
 * Hands a checked batch in: it is checked once more, the assignments are claimed, seats reserved,
 * and the content that signatures will stand for is fixed. Throws transfers.errors.blocked,
 * transfers.errors.claimed or organization.errors.no_room; the batch stays as it was then.
 */
export async function submitBatch(
  input: { batchId: number; version: number },
  actor: Actor,
  trx?: Trx
): Promise<void> {
  await inTransaction(async (client) => {
    await lockPosts(client, LINES, input.batchId)
    const before = await batchById(input.batchId, client)
    const steps = approvalSteps(await settingOn(STEPS_SETTING, clock.today(), client))
    const line: ApprovalLine = { round: (before.line?.round ?? 0) + 1, steps }
    const batch = await moveBatch(client, { id: before.id, version: input.version }, 'submit', {
      steps: JSON.stringify(line),
      step: 0,
      submitted_at: clock.now(),
    })
    const { all } = await unitsOfBatch(batch.id, client)
    await passFreeze(client, batch, all, actor)
    const result = await judgeBatch(client, batch)
    const lines = await linesOf(batch.id, client)
    if (!result.passed) {
      const stopped = lines.filter(({ verdict }) => verdict === 'blocked').map(({ id }) => id)
      throw new DomainError('transfers.errors.blocked', {
        count: stopped.length + result.findings.length,
        names: (await namesOfLines(stopped, client)).join('、') || '–',
      })
    }
    await takeReservations(client, actor, batch, line.round, lines)
    const hash = contentHash(batch, lines)
    await client.from('transfer_batches').where('id', batch.id).update({ content_hash: hash })
    await record(client, actor, {
      action: 'transfers.batch.submitted',
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      changes: { round: line.round, lines: lines.length, content_hash: hash },
    })
  }, trx)
}
