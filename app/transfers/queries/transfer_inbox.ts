import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { refusalOf } from '../domain/steps.js'
import { executionGrant, mayPrepare, signingGrant, type OpenedBatch } from '../policies/access.js'
import { preparersOf, unitsOfBatches, type BatchRow } from './batches.js'
import { batchesIn } from './batch_list.js'
import { lineTotals } from './line_totals.js'
import { signaturesOf } from './signatures.js'

/**
 * What waits for the actor: steps to sign, own batches that are stopped, sent back or ready, and
 * executions whose date has come.
 */
export async function transferInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('transfers.view')) return []
  const states = ['draft', 'checked', 'returned', 'submitted', 'scheduled']
  const batches = (await batchesIn(actor, states)).filter((batch) => isTurnOf(actor, batch))
  const units = await unitsOfBatches(batches.map(({ id }) => id))
  const items: InboxItem[] = []
  for (const batch of batches) {
    const opened = { batch, units: units.get(batch.id)!, scope: 'all' as const }
    const item = await itemOf(actor, opened, t)
    if (item) items.push(item)
  }
  return items
}

/** Whether it can wait for the actor at all, by the batch alone. */
function isTurnOf(actor: Actor, batch: BatchRow): boolean {
  if (batch.state === 'submitted') return true
  if (batch.state === 'scheduled') {
    return actor.may('transfers.execute') && batch.effectiveOn <= clock.today()
  }
  return batch.preparedBy === actor.userId
}

async function itemOf(actor: Actor, opened: OpenedBatch, t: Translate): Promise<InboxItem | null> {
  const { batch } = opened
  switch (batch.state) {
    case 'submitted':
      return (await maySignNow(actor, opened)) ? waiting(batch, 'sign', t) : null
    case 'scheduled':
      return executionGrant(actor, opened) ? waiting(batch, 'execute', t) : null
    default:
      return mayPrepare(actor, opened) ? prepared(batch, t) : null
  }
}

/** The step that is due is the actor's, and separation of duties lets him sign it. */
async function maySignNow(actor: Actor, opened: OpenedBatch): Promise<boolean> {
  const grant = signingGrant(actor, opened)
  if (!grant || actor.userId === null) return false
  const { batch } = opened
  const signer = { userId: actor.userId, onBehalfOfId: grant.onBehalfOf?.userId ?? null }
  const signed = await signaturesOf(batch.id)
  const round = signed.filter((signature) => signature.round === batch.line?.round)
  return refusalOf(signer, await preparersOf(batch), round) === null
}

async function prepared(batch: BatchRow, t: Translate): Promise<InboxItem | null> {
  const { blocked } = await lineTotals(batch.id)
  if (blocked > 0) return { ...waiting(batch, 'blocked', t, { blocked }), blocked: true }
  if (batch.state === 'returned') return waiting(batch, 'returned', t)
  return batch.state === 'checked' ? waiting(batch, 'submit', t) : waiting(batch, 'draft', t)
}

function waiting(
  batch: BatchRow,
  what: 'sign' | 'execute' | 'blocked' | 'returned' | 'submit' | 'draft',
  t: Translate,
  params: Record<string, number> = {}
): InboxItem {
  const step = batch.line?.steps[batch.step]
  return {
    id: `transfers.${what}:${batch.id}`,
    kind: 'transfers',
    title: `${batch.title}（${batch.number}）`,
    detail: t(`transfers.inbox.${what}`, {
      ...params,
      step: step ? t(`transfers.steps.${step}`) : '',
    }),
    url: `/transfers/batches/${batch.id}${what === 'blocked' ? '?tab=checks' : ''}`,
    due: batch.effectiveOn,
    blocked: false,
  }
}
