import { lockedExceptions, noException } from '#organization/actions/quota/exception_entries'
import {
  fillQuota,
  reserveQuota,
  type FillResult,
  type SeatsInput,
} from '#organization/actions/quota/fill_quota'
import { giveBackSeats } from '#organization/actions/quota/give_back'
import { lockedBalances } from '#organization/actions/quota/seats'
import { fillFromRequest } from '#organization/actions/quota_requests/fill_request'
import type { FundingType, PostCategory } from '#organization/domain/codes'
import { quotaCategoryOf } from '#organization/domain/grades'
import { roomOf } from '#organization/domain/quota_plan'
import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { namesOf, otherHires, type ApprovedHire } from '../queries/approved_hires.js'
import type { EventRow } from '../queries/events.js'

/**
 * The seat that a hire takes from the vacant ones, locked with its accounts; null: it takes none of
 * them, for it is outside the establishment, by a request that has reserved it, or above the quota
 * by an exception that has room. What others have taken is refused with their names.
 */
export async function seatToReserve(trx: Trx, event: EventRow): Promise<SeatsInput | null> {
  const seat = seatOfHire(event)
  if (!seat || event.details.quotaRequestId) return null
  const { unitId, fundingType } = seat
  const balances = await lockedBalances(trx, unitId, fundingType)
  if (roomOf(balances, { unitId, funding: fundingType }) > 0) return seat
  const others = (await otherHires(trx, unitId, event.id)).filter(
    ({ details }) =>
      details.employmentType === 'establishment' &&
      details.fundingType === fundingType &&
      !details.quotaRequestId
  )
  if (event.details.allowOver) {
    await assertException(trx, event, seat, others)
    return null
  }
  if (others.length) throw taken('seat_taken', event, others)
  return seat
}

/** From its approval on a hire holds its seat, whatever its date. */
export async function reserveSeat(trx: Trx, event: EventRow, actor: Actor) {
  const seat = await seatToReserve(trx, event)
  if (seat) await reserveQuota(trx, actor, { ...seat, key: reserveKey(event) })
}

/** An approved event that leaves the flow or is carried out holds no seat any longer. */
export async function giveBackSeat(
  trx: Trx,
  event: Pick<EventRow, 'id' | 'version' | 'state' | 'documentId' | 'reason'>,
  actor: Actor
) {
  if (event.state !== 'approved') return
  await giveBackSeats(trx, actor, {
    key: `personnel_event:${event.id}:${event.version}:release`,
    documentId: event.documentId,
    reason: event.reason,
    subjectType: 'personnel_event',
    subjectId: event.id,
  })
}

/** The person takes the seat that the event, or its request, has reserved. */
export async function fillSeat(trx: Trx, event: EventRow, actor: Actor): Promise<FillResult> {
  const seat = seatOfHire(event)
  const { quotaRequestId: requestId, allowOver = false } = event.details
  if (!seat) return { warnings: [], over: {} }
  if (requestId) {
    await fillFromRequest({ ...seat, requestId, count: 1 }, actor, trx)
    return { warnings: [], over: {} }
  }
  await giveBackSeat(trx, event, actor)
  return fillQuota(trx, actor, { ...seat, allowOver })
}

export function seatOf(
  event: EventRow,
  unitId: number,
  fundingType: FundingType,
  category: PostCategory
): SeatsInput {
  return {
    key: `personnel_event:${event.id}`,
    unitId,
    fundingType,
    wanted: { [category]: 1 },
    effectiveOn: event.effectiveOn,
    documentId: event.documentId,
    subjectType: 'personnel_event',
    subjectId: event.id,
    reason: event.reason,
  }
}

function seatOfHire(event: EventRow): SeatsInput | null {
  const { employmentType, fundingType, grade } = event.details
  if (event.kind !== 'hire' || employmentType !== 'establishment') return null
  return seatOf(event, event.unitId, fundingType!, quotaCategoryOf(grade!))
}

/** Exceptions let in as many as were approved, those included who were approved above the quota. */
async function assertException(
  trx: Trx,
  event: EventRow,
  seat: SeatsInput,
  others: ApprovedHire[]
) {
  const category = quotaCategoryOf(event.details.grade!)
  const exceptions = await lockedExceptions(trx, seat, category)
  const left = exceptions.reduce((sum, row) => sum + Number(row.quantity) - Number(row.used), 0)
  if (left === 0) throw await noException(trx, seat, category, 1)
  const rivals = others.filter(
    ({ details }) => details.allowOver && quotaCategoryOf(details.grade!) === category
  )
  const reserved = await trx
    .from('quota_movements')
    .whereIn(
      'movement_key',
      rivals.map(({ id, version }) => reserveKey({ id, version: version - 1 }))
    )
    .select('subject_id')
  const seated = new Set(reserved.map((row) => Number(row.subject_id)))
  const above = rivals.filter(({ id }) => !seated.has(id))
  if (left <= above.length) throw taken('exception_taken', event, above)
}

/** By the version that is approved: whoever comes back is approved in another one. */
function reserveKey({ id, version }: { id: number; version: number }): string {
  return `personnel_event:${id}:${version}:reserve`
}

function taken(name: string, event: EventRow, hires: ApprovedHire[]) {
  const { unitName: unit, details } = event
  const code = `people.errors.${name}`
  const params = { unit, funding: details.fundingType!, events: namesOf(hires) }
  return new DomainError(code, params, [{ field: 'funding_type', code, params }])
}
