import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { cycleTitle } from '../domain/cycle_title.js'
import { appealList } from './appeals.js'
import { awaitsSignature } from './awaits_signature.js'
import { cardsOfPerson } from './cards.js'
import { missingComments } from './comments.js'
import { cycleById, cycleList, quotasOf, type CycleRow } from './cycles.js'
import { undecidedConsequences } from './proposals.js'
import { desksOf } from './scoring_desk.js'

/** What waits for the actor in the reviews: to report, score, comment, calibrate, decide, sign, answer. */
export async function performanceInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  return [
    ...(await own(actor, t)),
    ...(await desks(actor, t)),
    ...(await comments(actor, t)),
    ...(await cycles(actor, t)),
    ...(await appeals(actor, t)),
    ...(await consequences(actor, t)),
  ]
}

async function own(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (actor.personId === null || !actor.may('performance.self')) return []
  const items: InboxItem[] = []
  for (const card of await cardsOfPerson(actor.personId)) {
    const cycle = await cycleById(card.cycleId)
    const url = `/performance/cards/${card.id}`
    if (cycle.state === 'self_report' && card.selfReportedAt === null) {
      items.push(
        item(t, cycle, 'self_report', t('performance.inbox.self_report'), url, cycle.scoreBy)
      )
    }
    if (await awaitsSignature(card, cycle.state)) {
      const due = cycle.state === 'signing' ? cycle.appealTo : null
      items.push(item(t, cycle, 'sign', t('performance.inbox.sign'), url, due))
    }
  }
  return items
}

async function desks(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const list = await desksOf(actor)
  return list
    .filter(({ total, submitted }) => submitted < total)
    .map(({ cycle, total, done }) =>
      item(
        t,
        cycle,
        'score',
        t('performance.inbox.score', { missing: total - done, total }),
        `/performance/cycles/${cycle.id}/scoring`,
        cycle.scoreBy
      )
    )
}

/** People whom the rules give no grade: the manager owes them a word. */
async function comments(actor: Actor, t: Translate): Promise<InboxItem[]> {
  const list = await missingComments(actor)
  return list.map(({ cycle, missing }) =>
    item(
      t,
      cycle,
      'comment',
      t('performance.inbox.comment', { missing }),
      `/performance/cycles/${cycle.id}/scoring#comments`,
      cycle.scoreBy
    )
  )
}

/** Moves that wait for who may do them: calibration, the collective decision, the end of 公示. */
async function cycles(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('performance.calibrate') && !actor.may('performance.resolve')) return []
  const states = ['calibration', 'decision', 'publicity']
  const list = await cycleList({ units: actor.unitsFor('performance.view'), states })
  const items: InboxItem[] = []
  for (const cycle of list) {
    const target = { unitId: cycle.unitId }
    const url = `/performance/cycles/${cycle.id}`
    const calibrates = actor.may('performance.calibrate', target)
    if (cycle.state === 'calibration' && calibrates) {
      items.push(item(t, cycle, 'calibrate', t('performance.inbox.calibrate'), `${url}?tab=spread`))
    }
    if (cycle.state === 'decision' && actor.may('performance.resolve', target)) {
      const quotas = await quotasOf(cycle.id)
      const over = quotas.some(({ cap, used }) => cap !== null && used > cap)
      const title = t('performance.inbox.decide')
      const note = over
        ? t('shared.punctuation.noted', { text: title, note: t('performance.inbox.over') })
        : title
      items.push(item(t, cycle, 'decide', note, `${url}?tab=decision`))
    }
    const over = cycle.publicityTo !== null && clock.today() > cycle.publicityTo
    if (cycle.state === 'publicity' && calibrates && over) {
      items.push(item(t, cycle, 'end_publicity', t('performance.inbox.end_publicity'), url))
    }
  }
  return items
}

async function appeals(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('performance.answer')) return []
  const units = actor.unitsFor('performance.answer')
  const list = await appealList({ state: 'submitted', units })
  return list
    .filter(({ personId }) => !actor.isSelf(personId))
    .map((appeal) => ({
      id: `review_appeal:${appeal.id}`,
      kind: 'performance.appeal',
      title: t(`performance.inbox.answer${appeal.kind === 'objection' ? '_objection' : ''}`, {
        person: appeal.personName,
      }),
      detail: `${appeal.number} ${cycleTitle(t, appeal.cycle)}`,
      url: `/performance/appeals/${appeal.id}`,
      due: null,
      blocked: false,
    }))
}

async function consequences(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('performance.apply')) return []
  const list = await undecidedConsequences(actor.unitsFor('performance.apply'))
  return list.map(({ cycle, people }) => ({
    id: `performance.consequences:${cycle.id}`,
    kind: 'performance.consequences',
    title: t('performance.inbox.consequences', { people }),
    detail: t('shared.punctuation.noted', { text: cycleTitle(t, cycle), note: cycle.number }),
    url: `/performance/cycles/${cycle.id}?tab=proposals`,
    due: null,
    blocked: false,
  }))
}

function item(
  t: Translate,
  cycle: CycleRow,
  what: string,
  title: string,
  url: string,
  due: string | null = null
): InboxItem {
  return {
    id: `performance.${what}:${cycle.id}`,
    kind: 'performance',
    title,
    detail: t('shared.punctuation.noted', { text: cycleTitle(t, cycle), note: cycle.number }),
    url,
    due,
    blocked: false,
  }
}
