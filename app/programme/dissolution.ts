import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'

/** What a dissolved unit still has to do in the plan goes to its successor; it cannot simply end. */
export const itemHoldings: DissolutionHandler = {
  kind: 'work_item',
  async list(unitId, trx) {
    const rows = await trx
      .from('work_items')
      .where({ lead_unit_id: unitId, state: 'active' })
      .whereNull('finished_on')
      .orderBy('id')
    return rows.map((row) => ({
      kind: 'work_item',
      id: Number(row.id),
      title: `${row.number} ${row.name}`,
      url: `/programme/items/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    if (!successorId) throw new DomainError('programme.errors.item_needs_successor')
    await trx
      .from('work_items')
      .where('id', id)
      .update({
        lead_unit_id: successorId,
        updated_at: clock.now(),
        version: trx.raw('version + 1'),
      })
    // Lead of an item that it had supported before.
    await trx.from('work_item_units').where({ item_id: id, unit_id: successorId }).delete()
  },
}

/** A supporting unit that goes is followed by its successor, or the support ends. */
export const supportHoldings: DissolutionHandler = {
  kind: 'work_item_unit',
  async list(unitId, trx) {
    const rows = await trx
      .from('work_item_units')
      .join('work_items', 'work_items.id', 'work_item_units.item_id')
      .where({ 'work_item_units.unit_id': unitId, 'work_items.state': 'active' })
      .whereNull('work_items.finished_on')
      .orderBy('work_item_units.id')
      .select('work_item_units.id', 'work_items.id as item_id')
      .select('work_items.number', 'work_items.name')
    return rows.map((row) => ({
      kind: 'work_item_unit',
      id: Number(row.id),
      title: `${row.number} ${row.name}`,
      url: `/programme/items/${row.item_id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    const row = await trx.from('work_item_units').where('id', id).firstOrFail()
    const there = await trx
      .from('work_item_units')
      .where({ item_id: row.item_id, unit_id: successorId ?? 0 })
      .first()
    const item = await trx.from('work_items').where('id', row.item_id).firstOrFail()
    const leads = Number(item.lead_unit_id) === successorId
    if (successorId && !there && !leads) {
      await trx.from('work_item_units').where('id', id).update({ unit_id: successorId })
    } else {
      await trx.from('work_item_units').where('id', id).delete()
    }
  },
}
