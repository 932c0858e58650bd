import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { Trx } from '#shared/database'
import { moveState } from '#shared/transitions'
import {
  REQUEST_MOVES,
  RESERVING,
  type RequestState,
  type RequestVerb,
} from '../../domain/request_states.js'
import { releaseQuota } from '../quota/vacate_quota.js'

const VERB_TO: Partial<Record<RequestState, RequestVerb>> = {
  returned: 'return',
  withdrawn: 'withdraw',
  released: 'release',
  expired: 'expire',
}

/**
 * A request leaves the flow: the state is moved and the seats that it still holds go back.
 * `row` is the table's row as read in this transaction. An approved one is withdrawn as released.
 */
export async function releaseRequest(
  trx: Trx,
  actor: Actor,
  row: any,
  to: 'returned' | 'withdrawn' | 'released' | 'expired',
  values: Record<string, unknown> = {}
) {
  const state = row.state as RequestState
  const verb = to === 'withdrawn' && state === 'approved' ? 'release' : VERB_TO[to]!
  const id = Number(row.id)
  const version = Number(row.version)
  await moveState(trx, 'quota_requests', { id, version }, REQUEST_MOVES, verb, values)
  const held = Number(row.quantity) - Number(row.used)
  if (!RESERVING.includes(state) || held === 0) return
  await releaseQuota(trx, actor, {
    key: `quota_request:${id}:${version}:release`,
    unitId: Number(row.unit_id),
    fundingType: row.funding_type,
    wanted: { [row.category]: held },
    effectiveOn: clock.today(),
    documentId: row.document_id === null ? null : Number(row.document_id),
    subjectType: 'quota_request',
    subjectId: id,
    reason: row.number,
  })
}
