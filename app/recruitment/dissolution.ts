import { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'
import { cancelPlan } from './actions/approve_plan.js'
import { recruitmentById } from './queries/recruitments.js'

/**
 * Plans under way of a dissolved unit are cancelled and their seats go back; its posts and quota are
 * the unit's own, so a successor writes a plan of its own. One whose people are announced is carried
 * to its end first.
 */
export const recruitmentHoldings: DissolutionHandler = {
  kind: 'recruitment',
  async list(unitId, trx) {
    const rows = await trx
      .from('recruitments')
      .where('unit_id', unitId)
      .whereNotIn('state', ['closed', 'cancelled'])
      .orderBy('id')
    return rows.map((row) => ({
      kind: 'recruitment',
      id: Number(row.id),
      title: `${row.number} ${row.title}`,
      url: `/recruitment/plans/${row.id}`,
    }))
  },
  async settle(id, _successorId, _date, trx) {
    const { state, version, number } = await recruitmentById(id, trx)
    if (state === 'publicity' || state === 'hiring') {
      throw new DomainError('recruitment.errors.announced_already', { number })
    }
    await cancelPlan({ recruitmentId: id, version, comment: '单位撤销' }, Actor.system(), trx)
  },
}
