import type { HttpContext } from '@adonisjs/core/http'
import { oneOf } from '#shared/lists/filters'
import { listRows } from '../documents/lists.js'
import { STAGES } from '../domain/sheets.js'
import { APPLICATION_STATES } from '../domain/states.js'
import { applicationList, applicationPage, isProposed } from '../queries/applications.js'
import { openDifferences } from '../queries/differences.js'
import { objectionsOf } from '../queries/objections.js'
import type { RecruitmentRow } from '../queries/recruitments.js'
import type { RecruitmentPostRow } from '../queries/recruitment_posts.js'
import { entriesOf, examinersOf, recusalsOf, scoreChangesOf, takersOf } from '../queries/scores.js'

export const TABS = ['overview', 'applications', 'tests', 'ranking', 'publicity'] as const

/** What a tab of the plan shows beside the plan itself. */
export async function partOf(plan: RecruitmentRow, tab: string, request: HttpContext['request']) {
  if (tab === 'applications') {
    const filters = {
      state: oneOf(request.input('state'), APPLICATION_STATES),
      postId: Number(request.input('post')) || null,
      text: String(request.input('q') ?? '').slice(0, 60) || null,
    }
    const cursor = request.input('cursor') ?? null
    return {
      filters,
      page: await applicationPage({ recruitmentId: plan.id, ...filters, cursor }),
      applicationStates: APPLICATION_STATES,
    }
  }
  if (tab === 'tests') return tests(plan)
  if (tab === 'ranking') {
    const people = await applicationList({ recruitmentId: plan.id })
    return {
      ranked: people.filter(({ ticketNo }) => ticketNo !== null),
      changes: await scoreChangesOf(plan.id),
    }
  }
  if (tab === 'publicity') {
    const people = await applicationList({ recruitmentId: plan.id })
    return {
      people: people.filter(isProposed),
      objections: await objectionsOf(plan.id),
    }
  }
  return {}
}

async function tests(plan: RecruitmentRow) {
  const examiners = await examinersOf(plan.id)
  const stages = []
  for (const stage of STAGES) {
    if (stage === 'written' && plan.writtenWeight === 0) continue
    const entries = await entriesOf(plan.id, stage)
    const differences = await openDifferences(plan, stage)
    const sheets = stage === 'written' ? [{ id: 0, name: '' }] : examiners
    stages.push({
      stage,
      closedAt: stage === 'written' ? plan.writtenClosedAt : plan.interviewClosedAt,
      takers: (await takersOf(plan, stage)).length,
      missing: differences.filter(({ kind }) => kind === 'missing').length,
      differ: differences.filter(({ kind }) => kind === 'differs').length,
      sheets: sheets.map(({ id, name }) => ({
        id,
        name,
        entries: entries.filter(({ examinerId }) => examinerId === id),
        differ: differences.filter((one) => one.examinerId === id && one.kind === 'differs').length,
      })),
    })
  }
  const people = await applicationList({ recruitmentId: plan.id })
  return {
    examiners,
    recusals: await recusalsOf(plan.id),
    stages,
    seats: listRows('seats', people),
  }
}

/** People in each step, over all posts. */
export function countsOf(posts: readonly RecruitmentPostRow[]) {
  const sum = (of: (post: RecruitmentPostRow) => number) =>
    posts.reduce((total, post) => total + of(post), 0)
  return {
    places: sum(({ places }) => places),
    applied: sum(({ applied }) => applied),
    qualified: sum(({ qualified }) => qualified),
    holding: sum(({ holding }) => holding),
    hired: sum(({ hired }) => hired),
  }
}
