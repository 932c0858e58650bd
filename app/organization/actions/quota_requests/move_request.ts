import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { idOrNull, inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError, NotFoundError, StaleError } from '#shared/errors'
import { requestClaimsPort } from '#shared/ports/request_claims'
import { moveState } from '#shared/transitions'
import { REQUEST_MOVES } from '../../domain/request_states.js'
import { reserveQuota, type SeatWarning } from '../quota/fill_quota.js'
import { releaseRequest } from './release_request.js'

export interface MoveRequestInput {
  requestId: number
  version: number
  grant?: ActiveGrant | null
}

/**
 * Sends a request to 编办. The seats are reserved from now on, so that nobody else can promise
 * them; no room: `organization.errors.no_room` and it stays a draft.
 */
export async function submitRequest(
  input: MoveRequestInput,
  actor: Actor,
  trx?: Trx
): Promise<SeatWarning[]> {
  return inTransaction(async (client) => {
    const row = await lock(client, input)
    if (row.expires_on <= clock.today()) {
      throw new DomainError('organization.errors.expiry_past')
    }
    await moveState(client, 'quota_requests', versioned(input), REQUEST_MOVES, 'submit', {
      approved_by: null,
    })
    const { warnings } = await reserveQuota(client, actor, {
      key: `quota_request:${input.requestId}:${input.version}:reserve`,
      unitId: Number(row.unit_id),
      fundingType: row.funding_type,
      wanted: { [row.category]: Number(row.quantity) },
      effectiveOn: clock.today(),
      documentId: null,
      subjectType: 'quota_request',
      subjectId: input.requestId,
      reason: row.number,
    })
    await write(client, actor, 'submitted', input, { warnings })
    return warnings
  }, trx)
}

/** 编办 approves with its document; never who wrote the request. */
export async function approveRequest(
  input: MoveRequestInput & { documentId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const row = await lock(client, input)
    refuseAuthor(row, actor, input.grant)
    await moveState(client, 'quota_requests', versioned(input), REQUEST_MOVES, 'approve', {
      approved_by: actor.userId,
      document_id: input.documentId,
    })
    await write(client, actor, 'approved', input, { document_id: input.documentId })
  }, trx)
}

/** 编办 sends it back with the reason; the seats are free again. */
export async function returnRequest(
  input: MoveRequestInput & { comment: string },
  actor: Actor,
  trx?: Trx
) {
  await leave(input, actor, 'returned', { comment: input.comment }, trx)
}

/** Who asked takes it back before the approval. */
export async function withdrawRequest(input: MoveRequestInput, actor: Actor, trx?: Trx) {
  await leave(input, actor, 'withdrawn', {}, trx)
}

/** An approved request is given up, unless an approved hire or a plan counts on it; what was not used goes back. */
export async function giveUpRequest(input: MoveRequestInput, actor: Actor, trx?: Trx) {
  await leave(input, actor, 'released', {}, trx)
}

async function leave(
  input: MoveRequestInput,
  actor: Actor,
  to: 'returned' | 'withdrawn' | 'released',
  changes: Record<string, unknown>,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const row = await lock(client, input)
    if (to === 'returned') refuseAuthor(row, actor, input.grant)
    await refuseClaimed(client, row)
    await releaseRequest(client, actor, row, to)
    await write(client, actor, to, input, changes)
  }, trx)
}

async function lock(trx: Trx, input: MoveRequestInput) {
  const row = await trx.from('quota_requests').where('id', input.requestId).forUpdate().first()
  if (!row) throw new NotFoundError('quota request')
  if (Number(row.version) !== input.version)
    throw new StaleError({ id: input.requestId }, { type: 'quota_request', id: input.requestId })
  return row
}

function versioned({ requestId, version }: MoveRequestInput) {
  return { id: requestId, version }
}

async function refuseClaimed(trx: Trx, row: Row) {
  if (row.state !== 'approved') return
  const request = { id: Number(row.id), unitId: Number(row.unit_id) }
  const events = await requestClaimsPort.of(request, trx)
  if (events.length === 0) return
  const params = { number: row.number, events: events.join('、') }
  throw new DomainError('organization.errors.request_claimed', params)
}

function refuseAuthor(row: any, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(idOrNull(row.created_by), grant)) {
    throw new DomainError('organization.errors.same_person')
  }
}

async function write(
  trx: Trx,
  actor: Actor,
  what: string,
  input: MoveRequestInput,
  changes: Record<string, unknown>
) {
  await record(trx, actor, {
    action: `organization.request.${what}`,
    subjectType: 'quota_request',
    subjectId: input.requestId,
    changes,
    grant: input.grant,
  })
}
