import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction, toInt, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { fillQuota } from '../quota/fill_quota.js'
import { releaseQuota } from '../quota/vacate_quota.js'

export interface FillRequestInput {
  requestId: number
  /** Names the act that uses the seats, e.g. `personnel_event:12`. */
  key: string
  count: number
  effectiveOn: string
  documentId: number | null
  subjectType: string
  subjectId: number
}

/**
 * People take the seats of an approved request. Never more than were approved: a guarded UPDATE
 * counts them. The last one makes it `filled`. The same key again changes nothing.
 */
export async function fillFromRequest(input: FillRequestInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const row = await client.from('quota_requests').where('id', input.requestId).forUpdate().first()
    if (!row) throw new NotFoundError('quota request')
    const key = `quota_request:${input.requestId}:${input.key}`
    if (await isDone(client, `${key}:fill`)) return
    await useUp(client, row, input)
    const seats = {
      unitId: Number(row.unit_id),
      fundingType: row.funding_type,
      wanted: { [row.category]: input.count },
      effectiveOn: input.effectiveOn,
      documentId: input.documentId,
      subjectType: input.subjectType,
      subjectId: input.subjectId,
      reason: row.number,
    }
    await releaseQuota(client, actor, { ...seats, key: `${key}:release` })
    await fillQuota(client, actor, { ...seats, key: `${key}:fill` })
    await record(client, actor, {
      action: 'organization.request.used',
      subjectType: 'quota_request',
      subjectId: input.requestId,
      changes: { quantity: input.count, effective_on: input.effectiveOn },
    })
  }, trx)
}

async function useUp(trx: Trx, row: any, input: FillRequestInput) {
  const changed = await trx
    .from('quota_requests')
    .where({ id: input.requestId, state: 'approved' })
    .whereRaw('used + ? <= quantity', [input.count])
    .update({
      used: trx.raw('used + ?', [input.count]),
      version: Number(row.version) + 1,
      updated_at: clock.now(),
    })
  if (!affected(changed)) {
    throw new DomainError('organization.errors.request_used_up', {
      number: row.number,
      wanted: input.count,
      left: row.state === 'approved' ? Number(row.quantity) - Number(row.used) : 0,
    })
  }
  await trx
    .from('quota_requests')
    .where({ id: input.requestId, state: 'approved' })
    .whereRaw('used = quantity')
    .update({ state: 'filled' })
}

async function isDone(trx: Trx, key: string): Promise<boolean> {
  const [{ count }] = await trx
    .from('quota_movements')
    .where('movement_key', key)
    .count('* as count')
  return toInt(count) > 0
}
