import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { assertUnitAlive } from '../../queries/assert_unit_alive.js'
import { requestById } from '../../queries/quota_requests.js'
import type { FundingType, PostCategory } from '../../domain/codes.js'

export interface RequestInput {
  unitId: number
  fundingType: FundingType
  category: PostCategory
  postId: number | null
  quantity: number
  reason: string
  /** Until when the seats stay reserved: after today. */
  expiresOn: string
}

/** Writes a request to use vacant quota (用编申请) as a draft; returns its id. */
export async function createRequest(input: RequestInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await check(client, input)
    const id = await insertRow(client, 'quota_requests', {
      ...columnsOf(input),
      number: `new-${crypto.randomUUID()}`.slice(0, 40),
      state: 'draft',
      created_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `YB${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    await client.from('quota_requests').where('id', id).update({ number })
    await record(client, actor, {
      action: 'organization.request.created',
      subjectType: 'quota_request',
      subjectId: id,
      changes: { number, quantity: input.quantity },
    })
    return id
  }, trx)
}

/** Changes a draft, or a request that came back. */
export async function editRequest(
  input: RequestInput & { requestId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await check(client, input)
    const before = await requestById(input.requestId, client)
    if (before.state !== 'draft' && before.state !== 'returned') {
      throw new MoveError({ id: before.id, verb: 'edit' })
    }
    const { requestId, version } = input
    await updateVersioned(client, 'quota_requests', requestId, version, columnsOf(input))
    await record(client, actor, {
      action: 'organization.request.edited',
      subjectType: 'quota_request',
      subjectId: requestId,
      changes: {
        quantity: [before.quantity, input.quantity],
        reason: [before.reason, input.reason],
      },
    })
  }, trx)
}

async function check(trx: Trx, input: RequestInput) {
  await assertUnitAlive(trx, input.unitId, clock.today())
  if (input.expiresOn <= clock.today()) throw refusal('expires_on', 'expiry_past')
  if (input.postId) {
    const post = await trx.from('posts').where({ id: input.postId, unit_id: input.unitId }).first()
    if (!post) throw refusal('post_id', 'post_elsewhere')
  }
}

function refusal(field: string, name: string) {
  const code = `organization.errors.${name}`
  return new DomainError(code, {}, [{ field, code }])
}

function columnsOf(input: RequestInput) {
  return {
    unit_id: input.unitId,
    funding_type: input.fundingType,
    category: input.category,
    post_id: input.postId,
    quantity: input.quantity,
    reason: input.reason,
    expires_on: input.expiresOn,
  }
}
