import type { Actor } from '#shared/actor'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { exceptions } from './quota_exceptions.js'
import { requestsInState, type RequestRow } from './quota_requests.js'
import { proposedChanges } from './unit_changes.js'

/** What waits: requests and exceptions for 编办, returned requests for who wrote them, unit changes. */
export async function organizationInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const items: InboxItem[] = []
  if (actor.may('quota.approve')) {
    const submitted = await requestsInState('submitted')
    items.push(
      ...submitted
        .filter((row) => mayApprove(actor, row))
        .map((row) => requestItem(row, t('organization.inbox.approve_request'), false))
    )
    items.push(...(await exceptionItems(actor, t)))
  }
  if (actor.may('quota.request')) {
    const returned = await requestsInState('returned')
    items.push(
      ...returned
        .filter((row) => row.createdBy === actor.userId)
        .map((row) => requestItem(row, t('organization.inbox.returned_request'), true))
    )
  }
  if (actor.may('organization.approve')) items.push(...(await changeItems(actor, t)))
  return items
}

function mayApprove(actor: Actor, row: RequestRow): boolean {
  return row.createdBy !== actor.userId && actor.may('quota.approve', { unitId: row.unitId })
}

function requestItem(row: RequestRow, detail: string, blocked: boolean): InboxItem {
  return {
    id: `quota_request:${row.id}`,
    kind: 'organization.quota_request',
    title: `${row.number} ${row.unitName}`,
    detail,
    url: `/organization/quota-requests/${row.id}`,
    due: row.expiresOn,
    blocked,
  }
}

async function exceptionItems(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const proposed = await exceptions({ state: 'proposed' })
  return proposed
    .filter((row) => row.createdBy !== actor.userId)
    .filter((row) => actor.may('quota.approve', { unitId: row.unitId }))
    .map((row) => ({
      id: `quota_exception:${row.id}`,
      kind: 'organization.quota_exception',
      title: t('organization.inbox.exception', { unit: row.unitName, count: row.quantity }),
      detail: row.reason,
      url: `/organization/quota/exceptions/${row.id}`,
      due: null,
      blocked: false,
    }))
}

async function changeItems(actor: Actor, t: Translate): Promise<InboxItem[]> {
  return (await proposedChanges())
    .filter((row) => row.createdBy !== actor.userId)
    .map((row) => ({
      id: `unit_change:${row.id}`,
      kind: 'organization.unit_change',
      title: t(`organization.change_kinds.${row.kind}`),
      detail: [...row.predecessors, ...row.successors].map(({ name }) => name).join('、'),
      url: `/organization/changes/${row.id}`,
      due: row.effectiveOn,
      blocked: false,
    }))
}
