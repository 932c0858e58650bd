import type { Trx } from '#shared/database'
import { quotaCategoryOf } from '#organization/domain/grades'
import type { EventFinding } from '../domain/check_event.js'
import { rivalEvents } from '../queries/approved_events.js'
import { hiresOfRequest, namesOf } from '../queries/approved_hires.js'
import { checkPost } from './check_post.js'
import type { EventInput } from './save_event.js'

/**
 * What an event names must be there and fit: units that live, a fitting post with a place, a fitting
 * request; and no other approved event hires the person, or ends the same service.
 */
export async function checkReferences(
  trx: Trx,
  input: EventInput,
  unitId: number | null
): Promise<EventFinding[]> {
  const { kind, details, effectiveOn } = input
  if (kind === 'secondment') return livingUnit(trx, details.toUnitId, effectiveOn, 'to_unit_id')
  if (kind === 'return') return absence(trx, input)
  const findings = await rivals(trx, input)
  if (kind !== 'hire') return findings
  return [
    ...findings,
    ...(await livingUnit(trx, unitId, effectiveOn, 'unit_id')),
    ...(await checkPost(trx, input, unitId)),
    ...(await fittingRequest(trx, input, unitId)),
  ]
}

async function rivals(trx: Trx, input: EventInput): Promise<EventFinding[]> {
  const numbers = await rivalEvents(trx, input)
  if (numbers.length === 0) return []
  const code = input.kind === 'hire' ? 'hired_already' : 'leaving_already'
  return [{ field: 'person_id', code, params: { events: numbers.join('、') } }]
}

async function livingUnit(
  trx: Trx,
  unitId: number | null | undefined,
  date: string,
  field: string
): Promise<EventFinding[]> {
  if (!unitId) return [{ field, code: 'required' }]
  const unit = await trx.from('units').where('id', unitId).first()
  if (!unit) return [{ field, code: 'required' }]
  if (unit.dissolved_on === null || unit.dissolved_on > date) return []
  return [{ field, code: 'unit_dissolved', params: { unit: unit.name, date: unit.dissolved_on } }]
}

/**
 * An approved request is for one unit, funding type and category: its seat is no other seat. The
 * hire begins before it expires, and it has a seat beside those that other approved hires will take.
 */
async function fittingRequest(
  trx: Trx,
  { id, details, effectiveOn }: EventInput,
  unitId: number | null
): Promise<EventFinding[]> {
  const { quotaRequestId: requestId } = details
  if (!requestId) return []
  const request = await trx.from('quota_requests').where('id', requestId).forUpdate().first()
  const fits =
    request &&
    request.state === 'approved' &&
    Number(request.unit_id) === unitId &&
    details.employmentType === 'establishment' &&
    request.funding_type === details.fundingType &&
    details.grade &&
    request.category === quotaCategoryOf(details.grade)
  const field = 'quota_request_id'
  if (!fits) return [{ field, code: 'request_mismatch' }]
  if (effectiveOn > request.expires_on) {
    const params = { number: request.number, date: request.expires_on }
    return [{ field, code: 'request_expires', params }]
  }
  const hires = await hiresOfRequest(trx, { id: requestId, unitId: unitId! }, id)
  if (Number(request.used) + hires.length < Number(request.quantity)) return []
  const { number, quantity, used } = request
  const params = { number, quantity: Number(quantity), used: Number(used), events: namesOf(hires) }
  return [{ field, code: 'request_promised', params }]
}

/** Who comes back has been away: a secondment or a leave of the same person that was carried out. */
async function absence(trx: Trx, { personId, details }: EventInput): Promise<EventFinding[]> {
  if (!details.returnsFrom) return []
  const event = await trx
    .from('personnel_events')
    .where({ id: details.returnsFrom, person_id: personId, state: 'done' })
    .whereIn('kind', ['secondment', 'long_leave'])
    .first()
  return event ? [] : [{ field: 'returns_from', code: 'returns_from' }]
}
