import { clock } from '#shared/clock'
import { toInt } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'
import { refuseWaiting } from './actions/create_fund.js'
import { fundById } from './queries/funds.js'

/** Open funds of a dissolved unit go to its successor; one that is not spent cannot simply end. */
export const fundHoldings: DissolutionHandler = {
  kind: 'fund',
  async list(unitId, trx) {
    const rows = await trx.from('funds').where({ unit_id: unitId, state: 'open' }).orderBy('id')
    return rows.map((row) => ({
      kind: 'fund',
      id: Number(row.id),
      title: row.name,
      url: `/funds/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    await trx.from('funds').where('id', id).forUpdate().select('id')
    const fund = await fundById(id, trx)
    const stamp = { updated_at: clock.now(), version: trx.raw('version + 1') }
    if (successorId) {
      await trx
        .from('funds')
        .where('id', id)
        .update({ unit_id: successorId, ...stamp })
      return
    }
    await refuseWaiting(trx, fund)
    // as it is now: whoever posted something before the fund's row was taken is counted
    const lines = await trx.from('fund_lines').where('fund_id', id).forUpdate()
    const open = lines.reduce(
      (fen, line) => fen + toInt(line.released_fen) - toInt(line.paid_fen),
      0
    )
    if (open !== 0) {
      throw new DomainError('funds.errors.fund_not_spent', { fund: fund.name })
    }
    await trx
      .from('funds')
      .where('id', id)
      .update({ state: 'closed', ...stamp })
  },
}

/** Projects under way go to the successor; without one they stay on record where they were. */
export const projectHoldings: DissolutionHandler = {
  kind: 'construction_project',
  async list(unitId, trx) {
    const rows = await trx
      .from('construction_projects')
      .where('unit_id', unitId)
      .whereExists((steps) =>
        steps
          .from('project_steps')
          .whereColumn('project_steps.project_id', 'construction_projects.id')
          .where('step', 'acceptance')
          .whereNot('state', 'approved')
      )
      .orderBy('id')
    return rows.map((row) => ({
      kind: 'construction_project',
      id: Number(row.id),
      title: `${row.number} ${row.name}`,
      url: `/funds/projects/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    if (!successorId) throw new DomainError('funds.errors.project_needs_successor')
    await trx
      .from('construction_projects')
      .where('id', id)
      .update({ unit_id: successorId, updated_at: clock.now(), version: trx.raw('version + 1') })
  },
}
