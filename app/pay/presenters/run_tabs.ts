import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { oneOf } from '#shared/lists/filters'
import { departmentFiles } from '../jobs/department_slips.js'
import { compareWithPrevious } from '../queries/compare_runs.js'
import { payRulesOn } from '../queries/configuration.js'
import { leadersOf } from '../queries/leaders.js'
import { pdfJob } from '../queries/run_progress.js'
import type { RunRow } from '../queries/runs.js'
import { departmentSums, slipPage } from '../queries/slips.js'

export const RUN_TABS = ['people', 'reconciliation', 'compare', 'files'] as const
export type RunTab = (typeof RUN_TABS)[number]

/** What the tab of a run shows, and nothing of the others. */
export async function tabOf(run: RunRow, tab: RunTab, request: HttpContext['request']) {
  if (tab === 'people') {
    const state = oneOf(request.input('state'), ['computed', 'missing', 'set_aside'])
    const text = String(request.input('q') ?? '')
      .trim()
      .slice(0, 60)
    const payment = oneOf(request.input('payment'), ['paid', 'returned', 'repaid'])
    const cursor = request.input('cursor') ?? null
    return {
      state,
      text,
      payment,
      page: await slipPage({ runId: run.id, state, text: text || null, payment, cursor }),
    }
  }
  if (tab === 'reconciliation') {
    return {
      departments: await departmentSums(run.id),
      leaders: run.kind === 'incentive' ? await leadersOf(run) : [],
    }
  }
  if (tab === 'compare') {
    const { value } = await payRulesOn(clock.today())
    return {
      percent: value.changePercent,
      ...(await compareWithPrevious(run, value.changePercent)),
    }
  }
  return {
    files: await departmentFiles(run.id, run.computedNo),
    pdfJob: await pdfJob(run),
  }
}
