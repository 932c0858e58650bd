import { clock } from '#shared/clock'
import { affected, readTooEarly } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'

/** Runs on their way end or go on with the successor's officers; money that was paid stays where it was. */
export const openRunsOfUnit: DissolutionHandler = {
  kind: 'pay_run',
  async list(unitId, trx) {
    const rows = await trx
      .from('pay_runs')
      .where('unit_id', unitId)
      .whereNotIn('state', ['paid', 'cancelled'])
      .orderBy('id')
      .select('id', 'number', 'title')
    return rows.map((row) => ({
      kind: 'pay_run',
      id: Number(row.id),
      title: `${row.number} ${row.title}`,
      url: `/pay/runs/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    const run = await trx.from('pay_runs').where('id', id).firstOrFail()
    // what was approved or released draws on the old unit's total: it is finished there first
    if (successorId !== null || !['draft', 'computed', 'returned'].includes(run.state)) {
      throw new DomainError('pay.errors.run_not_ended', { run: run.title })
    }
    const version = Number(run.version)
    const cancelled = await trx
      .from('pay_runs')
      .where({ id, version })
      .update({
        state: 'cancelled',
        computed_no: null,
        version: version + 1,
        updated_at: clock.now(),
      })
    if (!affected(cancelled)) throw readTooEarly()
  },
}
