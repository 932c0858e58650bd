import type { Actor } from '#shared/actor'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { decisionTitle } from '../presenters.js'
import { decisionsInState, type DecisionRow } from './decisions.js'

/** Proposals that wait for a second person, and open questions for those who may propose. */
export async function decisionInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const items: InboxItem[] = []
  if (actor.may('decisions.decide')) {
    const proposed = await decisionsInState('proposed')
    const others = proposed.filter((row) => row.proposedBy !== actor.userId)
    items.push(...others.map((row) => itemOf(row, 'decisions.inbox.decide', t)))
  }
  if (actor.may('decisions.propose')) {
    const open = await decisionsInState('open')
    items.push(...open.map((row) => itemOf(row, 'decisions.inbox.propose', t)))
  }
  return items
}

function itemOf(row: DecisionRow, detail: string, t: Translate): InboxItem {
  return {
    id: `decision:${row.id}`,
    kind: 'decisions.decision',
    title: decisionTitle(row, { t }),
    detail: t(detail, { name: row.proposedByName ?? '' }),
    url: `/decisions/${row.id}`,
    due: null,
    blocked: row.state === 'open',
  }
}
