import type { Actor } from '#shared/actor'
import { restOf, type InboxItem, type Translate } from '#shared/ports/inbox'
import { decisionTitle } from '../presenters.js'
import { countDecisions, decisionsInState, type DecisionRow } from './decisions.js'

/** An import may leave thousands of open questions: so many are named one by one. */
const NAMED = 50
const OPEN_QUESTIONS = '/decisions?state=open'

/** Proposals that wait for a second person, and open questions for those who may propose. */
export async function decisionInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const items: InboxItem[] = []
  if (actor.may('decisions.decide')) {
    const proposed = await decisionsInState('proposed')
    const others = proposed.filter((row) => row.proposedBy !== actor.userId)
    items.push(...others.map((row) => itemOf(row, 'decisions.inbox.decide', t)))
  }
  if (actor.may('decisions.propose')) {
    const open = await decisionsInState('open', NAMED)
    const count = (await countDecisions('open')) - open.length
    items.push(...open.map((row) => itemOf(row, 'decisions.inbox.propose', t)))
    items.push(
      ...restOf('decisions.open', count, t('decisions.inbox.rest', { count }), OPEN_QUESTIONS)
    )
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
