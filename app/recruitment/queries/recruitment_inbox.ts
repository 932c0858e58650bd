import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { RECRUITMENT_STATES } from '../domain/states.js'
import { applicationList } from './applications.js'
import { objectionsOf } from './objections.js'
import { recruitmentList, type RecruitmentRow } from './recruitments.js'
import { scoreChangesOf } from './scores.js'

interface Waiting {
  capability: string
  what: string
  count?: number
  tab?: string
  due?: string | null
  blocked?: boolean
}

/** What each plan under way waits for, shown to who may do it. */
export async function recruitmentInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('recruitment.view')) return []
  const items: InboxItem[] = []
  const states = RECRUITMENT_STATES.filter((state) => !['closed', 'cancelled'].includes(state))
  for (const plan of await recruitmentList({ states, units: actor.unitsFor('recruitment.view') })) {
    const may = (capability: string) => actor.may(capability, { unitId: plan.unitId })
    for (const waiting of await waitingOf(plan, actor)) {
      if (may(waiting.capability)) items.push(itemOf(plan, waiting, t))
    }
    if (plan.state === 'tests' && may('recruitment.decide')) {
      for (const change of await scoreChangesOf(plan.id)) {
        if (change.state !== 'submitted' || change.preparedBy === actor.userId) continue
        items.push({
          id: `recruitment_score_change:${change.id}`,
          kind: 'recruitment.change',
          title: t('recruitment.inbox.change', { name: change.name }),
          detail: `${plan.number} ${change.reason}`,
          url: `/recruitment/plans/${plan.id}?tab=ranking`,
          due: null,
          blocked: false,
        })
      }
    }
  }
  return items
}

async function waitingOf(plan: RecruitmentRow, actor: Actor): Promise<Waiting[]> {
  const today = clock.today()
  const count = async (state: string) =>
    (await applicationList({ recruitmentId: plan.id, state })).length
  switch (plan.state) {
    case 'submitted':
      return plan.preparedBy === actor.userId
        ? []
        : [{ capability: 'recruitment.approve', what: 'approve' }]
    case 'returned':
      return [{ capability: 'recruitment.prepare', what: 'returned', blocked: true }]
    case 'approved':
      return [{ capability: 'recruitment.decide', what: 'publish', due: plan.applyFrom }]
    case 'open':
    case 'review': {
      const waiting: Waiting[] = []
      const open = await count('submitted')
      if (open) {
        waiting.push({
          capability: 'recruitment.review',
          what: 'review',
          count: open,
          tab: 'applications&state=submitted',
        })
      }
      if (plan.state === 'open' && today > plan.applyTo) {
        waiting.push({ capability: 'recruitment.prepare', what: 'close_applications' })
      }
      return waiting
    }
    case 'tests':
      return plan.interviewClosedAt
        ? [{ capability: 'recruitment.decide', what: 'choose', tab: 'ranking' }]
        : [
            {
              capability: 'recruitment.score',
              what: 'scores',
              tab: 'tests',
              due: plan.testsOn,
            },
          ]
    case 'checks': {
      const open = await count('candidate')
      return open
        ? [{ capability: 'recruitment.review', what: 'checks', count: open, tab: 'ranking' }]
        : [{ capability: 'recruitment.decide', what: 'announce', tab: 'publicity' }]
    }
    case 'publicity': {
      const waiting: Waiting[] = []
      const objections = await objectionsOf(plan.id)
      if (objections.some(({ state }) => state === 'open')) {
        waiting.push({
          capability: 'recruitment.decide',
          what: 'objection',
          tab: 'publicity',
          due: plan.publicityTo,
        })
      }
      if (today > plan.publicityTo!) {
        waiting.push({ capability: 'recruitment.decide', what: 'engage', tab: 'publicity' })
      }
      return waiting
    }
    case 'hiring': {
      const open = await count('passed')
      return open
        ? [{ capability: 'recruitment.decide', what: 'hire', count: open, tab: 'publicity' }]
        : []
    }
    default:
      return []
  }
}

function itemOf(plan: RecruitmentRow, waiting: Waiting, t: Translate): InboxItem {
  const { what, count, tab, due = null, blocked = false } = waiting
  return {
    id: `recruitment:${plan.id}:${what}`,
    kind: 'recruitment.plan',
    title: t(`recruitment.inbox.${what}`, { title: plan.title, count: count ?? 0 }),
    detail: `${plan.number} ${plan.unitName}`,
    url: `/recruitment/plans/${plan.id}${tab ? `?tab=${tab}` : ''}`,
    due,
    blocked,
  }
}
