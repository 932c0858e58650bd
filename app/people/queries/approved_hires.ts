import type { Client } from '#decisions/queries/client'
import type { Row, Trx } from '#shared/database'
import type { EventDetails } from '../domain/event_details.js'

/** A hire that was approved and not carried out yet. */
export interface ApprovedHire {
  id: number
  number: string
  effectiveOn: string
  details: EventDetails
  version: number
}

export async function approvedHires(client: Client): Promise<ApprovedHire[]> {
  return (await hiresQuery(client)).map(toHire)
}

/** Approved hires of a unit beside the one named: locked, and read as they stand behind the lock. */
export async function otherHires(trx: Trx, unitId: number, eventId?: number) {
  const rows = await hiresQuery(trx).where('unit_id', unitId).forUpdate()
  return rows.map(toHire).filter(({ id }) => id !== eventId)
}

/** Approved hires that count on a seat of a 用编申请, locked, beside the one named. */
export async function hiresOfRequest(
  trx: Trx,
  { id: requestId, unitId }: { id: number; unitId: number },
  eventId?: number
) {
  const hires = await otherHires(trx, unitId, eventId)
  return hires.filter(({ details }) => details.quotaRequestId === requestId)
}

/** How a message names them. */
export function namesOf(hires: readonly ApprovedHire[]): string {
  return hires.map(({ number }) => number).join('、')
}

function hiresQuery(client: Client) {
  return client
    .from('personnel_events')
    .where({ kind: 'hire', state: 'approved' })
    .orderBy('id')
    .select('id', 'number', 'effective_on', 'details', 'version')
}

function toHire(row: Row): ApprovedHire {
  return {
    id: Number(row.id),
    number: row.number,
    effectiveOn: row.effective_on,
    details: JSON.parse(row.details),
    version: Number(row.version),
  }
}
