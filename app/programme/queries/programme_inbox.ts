import type { Actor } from '#shared/actor'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { conflictEnds } from './conflicts.js'
import { evidenceInState, type EvidenceRow } from './evidence.js'
import { mayOnItem, outlook, type ForecastRow, type Outlook } from './forecast.js'
import { belongsTo } from './outside.js'
import db from '@adonisjs/lucid/services/db'

/** Contradictions to decide, evidence to judge or mend, own items that are late. */
export async function programmeInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('programme.view')) return []
  const view = await outlook()
  if (!view) return []
  return [
    ...(actor.may('programme.decide') ? conflictItems(view, t) : []),
    ...(actor.may('programme.accept') ? await evidenceItems(actor, view, t) : []),
    ...(actor.may('programme.report') ? await reportItems(actor, view, t) : []),
  ]
}

function conflictItems(view: Outlook, t: Translate): InboxItem[] {
  return conflictEnds(view).map(({ from, to }) => ({
    id: `date_conflict:${from.id}:${to.id}`,
    kind: 'programme.conflict',
    title: t('programme.inbox.conflict', { from: from.number, to: to.number }),
    detail: `${from.name} ${from.fixedOn} → ${to.name} ${to.fixedOn}`,
    url: `/programme/conflicts/${from.id}/${to.id}`,
    due: null,
    blocked: true,
  }))
}

async function evidenceItems(actor: Actor, view: Outlook, t: Translate): Promise<InboxItem[]> {
  const items: InboxItem[] = []
  for (const evidence of await evidenceInState('submitted')) {
    const item = view.rows.find(({ id }) => id === evidence.itemId)
    if (!item || !(await mayJudge(actor, evidence, item))) continue
    items.push({
      ...evidenceItem(evidence, item, t('programme.inbox.accept')),
      blocked: false,
    })
  }
  return items
}

/** May accept or return it: outside the lead unit and not the author. */
export async function mayJudge(actor: Actor, evidence: EvidenceRow, item: ForecastRow) {
  const grant = actor.grantFor('programme.accept', { unitId: item.leadUnitId })
  if (!grant) return false
  if (actor.actsAs(evidence.submittedBy, grant)) return false
  return !(await belongsTo(db, actor, item.leadUnitId, grant))
}

/** What came back, and work that is late and lies with the own unit. */
async function reportItems(actor: Actor, view: Outlook, t: Translate): Promise<InboxItem[]> {
  const returned = (await evidenceInState('returned')).filter(
    ({ submittedBy }) => submittedBy === actor.userId
  )
  const open = returned.flatMap((evidence) => {
    const item = view.rows.find(({ id }) => id === evidence.itemId)
    return item && !item.finishedOn ? [{ evidence, item }] : []
  })
  const units = actor.unitsFor('programme.report')
  const late = view.rows.filter(
    (item) =>
      units !== 'all' &&
      units.includes(item.leadUnitId) &&
      item.forecast.light === 'red' &&
      mayOnItem(actor, 'programme.report', item)
  )
  return [
    ...open.map(({ evidence, item }) => ({
      ...evidenceItem(evidence, item, t('programme.inbox.returned')),
      blocked: true,
    })),
    ...late.map((item) => ({
      id: `work_item:${item.id}`,
      kind: 'programme.item',
      title: `${item.number} ${item.name}`,
      detail: t(`programme.reasons.${item.forecast.reason}`),
      url: `/programme/items/${item.id}`,
      due: item.fixedOn ?? item.forecast.latestFinish,
      blocked: false,
    })),
  ]
}

function evidenceItem(evidence: EvidenceRow, item: ForecastRow, detail: string) {
  return {
    id: `work_evidence:${evidence.id}`,
    kind: 'programme.evidence',
    title: `${item.number} ${item.name}`,
    detail: `${detail} · ${item.leadUnitName}`,
    url: `/programme/items/${item.id}`,
    due: item.fixedOn,
  }
}
