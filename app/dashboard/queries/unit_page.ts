import db from '@adonisjs/lucid/services/db'
import { decisionsInState, type DecisionRow } from '#decisions/queries/decisions'
import { countsIn, type CountRow } from '#discipline/queries/counts'
import { unitOwes } from '#governance/queries/cockpit'
import type { LitPartRow } from '#governance/queries/parts'
import { quotaBalances, type BalanceRow } from '#organization/queries/quota_balances'
import { outlook, unitsOf, visibleRows, type ForecastRow } from '#programme/queries/forecast'
import type { Finding } from '#transfers/domain/findings'
import type { Actor } from '#shared/actor'
import { ForbiddenError } from '#shared/errors'
import { nextBatches, type BatchUnderWay } from './work_figures.js'

/** What a unit owes, until when; null where the actor sees nothing of it. */
export interface UnitPage {
  tasks: LitPartRow[] | null
  /** Milestones and work items that it leads or supports and that are not finished, by their date. */
  items: ForecastRow[] | null
  decisions: DecisionRow[] | null
  /** Counts of assets that are not closed. */
  counts: CountRow[] | null
  /** Seats that an approval in progress holds, and the batches that hold them. */
  reservations: BalanceRow[]
  batches: BatchUnderWay[]
}

const COUNTING = ['open', 'submitted', 'returned'] as const

export async function unitPage(actor: Actor, unitId: number): Promise<UnitPage> {
  const target = { unitId }
  const seesTasks = actor.may('governance.view', target) || actor.may('governance.report', target)
  const seesPlan = actor.may('programme.view', target)
  const seesCounts = actor.may('assets.view', target)
  const seesQuota = actor.may('quota.view', target)
  if (!seesTasks && !seesPlan && !seesCounts && !seesQuota) {
    throw new ForbiddenError('governance.view')
  }
  return {
    tasks: seesTasks ? await unitOwes(unitId) : null,
    items: seesPlan ? await itemsOf(actor, unitId) : null,
    decisions: actor.may('decisions.view') ? await decisionsOf(unitId) : null,
    counts: seesCounts ? await countsIn(COUNTING, [unitId]) : null,
    reservations: seesQuota ? await reservationsOf(unitId) : [],
    batches: await nextBatches(actor, { unitId }),
  }
}

async function itemsOf(actor: Actor, unitId: number): Promise<ForecastRow[]> {
  const view = await outlook()
  const due = (row: ForecastRow) => row.fixedOn ?? row.forecast.latestFinish ?? '9999'
  return visibleRows(actor, view?.rows ?? [])
    .filter((row) => !row.finishedOn && unitsOf(row).includes(unitId))
    .sort((one, other) => due(one).localeCompare(due(other)) || one.id - other.id)
}

async function reservationsOf(unitId: number): Promise<BalanceRow[]> {
  const rows = await quotaBalances({ unitIds: [unitId] })
  return rows.filter(({ reserved }) => reserved > 0)
}

/** Open questions about the unit itself, about a row that it claims, or that stop its people. */
async function decisionsOf(unitId: number): Promise<DecisionRow[]> {
  const open = [...(await decisionsInState('open')), ...(await decisionsInState('proposed'))]
  if (!open.length) return []
  const codes = await codesThatStop(unitId)
  return open.filter(
    ({ subjectType, subjectId, evidence, topic }) =>
      (subjectType === 'unit' && subjectId === unitId) ||
      evidence.units?.some((unit) => unit.unitId === unitId) ||
      codes.has(topic)
  )
}

async function codesThatStop(unitId: number): Promise<Set<string>> {
  const lines = await db
    .from('transfer_lines as l')
    .join('transfer_batches as b', 'b.id', 'l.batch_id')
    .where({ 'l.from_unit_id': unitId, 'l.verdict': 'blocked' })
    .whereNotIn('b.state', ['executed', 'withdrawn'])
    .select('l.findings')
  const findings: Finding[] = lines.flatMap((line) => JSON.parse(line.findings))
  return new Set(
    findings
      .filter(({ code }) => code === 'decision_missing')
      .map(({ params }) => String(params.decision))
  )
}
