import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import type { CheckFinding } from '#shared/ports/db_checks'
import { SETTLED } from '../domain/runs.js'

/** Totals against their released allotments, allotments against the runs that draw on them. */
export async function checkAllotments(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  const totals = await db.from('pay_totals').orderBy('id')
  for (const total of totals) {
    for (const part of ['basic', 'incentive']) {
      const [{ fen }] = await db
        .from('pay_allotments')
        .where({ total_id: total.id, part, state: 'released' })
        .sum('amount_fen as fen')
      const stored = toInt(total[`${part}_allotted_fen`])
      if (stored !== toInt(fen)) {
        findings.push({
          check: 'pay total',
          detail: `pay_totals ${total.id}: ${part}_allotted_fen ${stored}, allotments ${toInt(fen)}`,
        })
      }
    }
  }
  const drawn = await db
    .from('pay_runs')
    .whereIn('state', [...SETTLED])
    .whereNotNull('allotment_id')
    .groupBy('allotment_id')
    .select('allotment_id')
    .sum('drawn_fen as fen')
  const byAllotment = new Map(drawn.map((row) => [Number(row.allotment_id), toInt(row.fen)]))
  for (const row of await db.from('pay_allotments').orderBy('id')) {
    const runs = byAllotment.get(Number(row.id)) ?? 0
    if (toInt(row.used_fen) !== runs) {
      findings.push({
        check: 'pay allotment',
        detail: `pay_allotments ${row.id}: used_fen ${row.used_fen}, runs ${runs}`,
      })
    }
  }
  return findings
}

/** The sums of a run against its slips, the sums of slips against their lines, no slip left over. */
export async function checkRuns(): Promise<CheckFinding[]> {
  const findings = await leftOverSlips()
  const runs = await db
    .from('pay_runs as r')
    .leftJoin('pay_slips as s', (join) =>
      join.on('s.run_id', 'r.id').andOn('s.compute_no', 'r.computed_no')
    )
    .whereNotNull('r.computed_no')
    .groupBy('r.id', 'r.net_fen')
    .select('r.id', 'r.net_fen')
    .sum('s.net_fen as slips')
  for (const row of runs) {
    if (toInt(row.net_fen) !== toInt(row.slips)) {
      findings.push({
        check: 'pay run',
        detail: `pay_runs ${row.id}: net_fen ${row.net_fen}, slips ${toInt(row.slips)}`,
      })
    }
  }
  const slips = await db
    .from('pay_slips as s')
    .leftJoin('pay_lines as l', 'l.slip_id', 's.id')
    .groupBy('s.id', 's.net_fen')
    .select('s.id', 's.net_fen')
    .select(
      db.raw(
        "sum(case when l.side = 'earning' then l.amount_fen when l.side in ('deduction', 'tax') then -l.amount_fen else 0 end) as line_sum"
      )
    )
    .havingRaw(
      "s.net_fen <> coalesce(sum(case when l.side = 'earning' then l.amount_fen when l.side in ('deduction', 'tax') then -l.amount_fen else 0 end), 0)"
    )
  for (const row of slips) {
    findings.push({
      check: 'payslip',
      detail: `pay_slips ${row.id}: net_fen ${row.net_fen}, lines ${toInt(row.line_sum)}`,
    })
  }
  return findings
}

/** Slips of another computation than the one that counts; while a run is computed they come and go. */
async function leftOverSlips(): Promise<CheckFinding[]> {
  const rows = await db
    .from('pay_slips as s')
    .join('pay_runs as r', 'r.id', 's.run_id')
    .whereIn('r.state', [...SETTLED])
    .whereRaw('s.compute_no <> r.computed_no')
    .groupBy('r.id', 'r.computed_no')
    .select('r.id', 'r.computed_no')
    .count('* as slips')
  return rows.map((row) => ({
    check: 'pay run',
    detail: `pay_runs ${row.id}: ${toInt(row.slips)} slips beside computation ${row.computed_no}`,
  }))
}
