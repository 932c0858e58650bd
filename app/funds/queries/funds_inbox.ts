import type { Actor } from '#shared/actor'
import { formatFen } from '#shared/money'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { movementList, type MovementRow } from './movements.js'

/** Movements that wait for the head of finance, and those that came back to who prepared them. */
export async function fundsInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const items: InboxItem[] = []
  if (actor.may('funds.post')) {
    const units = actor.unitsFor('funds.post')
    const waiting = await movementList({ state: 'submitted', units })
    items.push(
      ...waiting
        .filter(({ preparedBy }) => preparedBy !== actor.userId)
        .map((row) => itemOf(row, t, 'post', false))
    )
  }
  if (actor.may('funds.prepare')) {
    const units = actor.unitsFor('funds.prepare')
    const returned = await movementList({ state: 'returned', units })
    items.push(
      ...returned
        .filter(({ preparedBy }) => preparedBy === actor.userId)
        .map((row) => itemOf(row, t, 'returned', true))
    )
  }
  return items
}

function itemOf(row: MovementRow, t: Translate, what: string, blocked: boolean): InboxItem {
  return {
    id: `fund_movement:${row.id}`,
    kind: 'funds.movement',
    title: t(`funds.inbox.${what}`, {
      kind: t(`funds.kinds.${row.kind}`),
      amount: formatFen(row.amountFen),
    }),
    detail: `${row.number} ${row.fundName} ${row.purpose}`,
    url: `/funds/movements/${row.id}`,
    due: null,
    blocked,
  }
}
