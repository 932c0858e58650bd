import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { verbsFrom } from '#shared/transitions'
import type { Move } from '#shared/view/move'
import { RECRUITMENT_MOVES, RECRUITMENT_STEPS, type RecruitmentVerb } from '../domain/states.js'
import type { RecruitmentRow } from '../queries/recruitments.js'

interface Way {
  path: string
  capability: string
  tone?: 'plain' | 'danger'
  comment?: boolean
}

/** Approving asks for a document and has its own form on the page. */
const WAYS: Partial<Record<RecruitmentVerb, Way>> = {
  submit: { path: 'submission', capability: 'recruitment.prepare' },
  return: {
    path: 'return',
    capability: 'recruitment.approve',
    tone: 'danger',
    comment: true,
  },
  publish: { path: 'publication', capability: 'recruitment.decide' },
  review: { path: 'review', capability: 'recruitment.prepare' },
  test: { path: 'tests', capability: 'recruitment.decide' },
  choose: { path: 'candidates', capability: 'recruitment.decide' },
  announce: { path: 'publicity', capability: 'recruitment.decide' },
  engage: { path: 'hiring', capability: 'recruitment.decide' },
  close: { path: 'closing', capability: 'recruitment.decide' },
  cancel: {
    path: 'cancellation',
    capability: 'recruitment.decide',
    tone: 'danger',
    comment: true,
  },
}

/** The moves that table and grant allow now; one that has to wait says until when. */
export function movesOf(actor: Actor, plan: RecruitmentRow, i18n: I18n): Move[] {
  const target = { unitId: plan.unitId }
  return verbsFrom(RECRUITMENT_MOVES, plan.state).flatMap((verb) => {
    const way = WAYS[verb]
    if (!way || !actor.may(way.capability, target)) return []
    const reason = waits(plan, verb, actor, i18n)
    return [
      {
        label: i18n.t(`recruitment.moves.${verb}`),
        url: `/recruitment/plans/${plan.id}/${way.path}`,
        tone: way.tone,
        confirm: i18n.t(`recruitment.confirm.${verb}`, { places: plan.places }),
        comment: way.comment ? i18n.t('shared.words.reason') : undefined,
        disabled: reason !== null,
        reason: reason ?? undefined,
      },
    ]
  })
}

function waits(plan: RecruitmentRow, verb: RecruitmentVerb, actor: Actor, i18n: I18n) {
  const t = (name: string, params = {}) => i18n.t(`recruitment.errors.${name}`, params)
  const today = clock.today()
  if (verb === 'review' && today <= plan.applyTo) return t('still_open', { to: plan.applyTo })
  if (verb === 'engage' && today <= plan.publicityTo!) {
    return t('publicity_runs', { to: plan.publicityTo! })
  }
  if (verb === 'choose' && !plan.interviewClosedAt) return t('scores_open')
  if (verb === 'return' && plan.preparedBy === actor.userId) return t('same_person')
  return null
}

/** The line of steps and where the plan stands on it. */
export function stepsOf(plan: RecruitmentRow, i18n: I18n) {
  return {
    labels: RECRUITMENT_STEPS.map(({ name }) => i18n.t(`recruitment.steps.${name}`)),
    current: RECRUITMENT_STEPS.findIndex(({ states }) =>
      (states as readonly string[]).includes(plan.state)
    ),
  }
}

const TONES: Record<string, string> = {
  open: 'info',
  review: 'info',
  tests: 'info',
  checks: 'info',
  publicity: 'warn',
  hiring: 'ok',
  cancelled: 'muted',
  qualified: 'ok',
  passed: 'ok',
  hired: 'ok',
  candidate: 'info',
  dropped: 'danger',
  unsuccessful: 'muted',
}

/** How a state of this module looks; null: as everywhere. */
export const toneOfState = (state: string) => TONES[state]
