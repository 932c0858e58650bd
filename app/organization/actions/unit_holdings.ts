import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'
import { releaseRequest } from './quota_requests/release_request.js'
import { setUnitFacts } from './set_unit_facts.js'

/** Requests to use quota that are under way: seats go back; the successor asks anew from a draft. */
export const requestHoldings: DissolutionHandler = {
  kind: 'quota_request',
  async list(unitId, trx) {
    const rows = await trx
      .from('quota_requests')
      .where('unit_id', unitId)
      .whereIn('state', ['draft', 'submitted', 'approved', 'returned'])
      .orderBy('id')
    return rows.map((row) => ({
      kind: 'quota_request',
      id: Number(row.id),
      title: row.number,
      url: `/organization/quota-requests/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    const row = await trx.from('quota_requests').where('id', id).forUpdate().firstOrFail()
    await releaseRequest(trx, Actor.system('dissolution'), row, 'withdrawn')
    if (!successorId) return
    await trx
      .from('quota_requests')
      .where('id', id)
      .update({ unit_id: successorId, state: 'draft', post_id: null })
  },
}

/** Units that stand below the dissolved one. */
export const childUnits: DissolutionHandler = {
  kind: 'child_unit',
  async list(unitId, trx) {
    const rows = await trx
      .from('unit_facts')
      .join('units', 'units.id', 'unit_facts.unit_id')
      .where({ parent_id: unitId, live: 1 })
      .whereNull('units.dissolved_on')
      .orderBy('units.id')
      .select('units.id', 'units.name', 'unit_facts.valid_from')
    const holdings = []
    for (const row of rows) {
      const latest = await latestFacts(trx, Number(row.id))
      if (Number(latest.parent_id) !== unitId || latest.valid_from !== row.valid_from) continue
      holdings.push({
        kind: 'child_unit',
        id: Number(row.id),
        title: row.name,
        url: `/organization/units/${row.id}`,
      })
    }
    return holdings
  },
  async settle(id, successorId, date, trx) {
    const facts = await latestFacts(trx, id)
    await setUnitFacts(trx, Actor.system('dissolution'), {
      unitId: id,
      validFrom: date > facts.valid_from ? date : facts.valid_from,
      rank: facts.rank,
      unitClass: facts.unit_class,
      supervisor: facts.supervisor,
      parentId: successorId,
      documentId: facts.document_id,
    })
  },
}

/** Exceptions that nobody has approved yet or that still have room: they end. */
export const exceptionHoldings: DissolutionHandler = {
  kind: 'quota_exception',
  async list(unitId, trx) {
    const rows = await trx
      .from('quota_exceptions')
      .where('unit_id', unitId)
      .where((open) =>
        open
          .where('state', 'proposed')
          .orWhere((left) => left.where('state', 'approved').whereRaw('used < quantity'))
      )
      .orderBy('id')
    return rows.map((row) => ({
      kind: 'quota_exception',
      id: Number(row.id),
      title: row.reason,
      url: `/organization/quota/exceptions/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    const values = successorId
      ? { unit_id: successorId, state: 'proposed', approved_by: null }
      : { state: 'ended' }
    await trx
      .from('quota_exceptions')
      .where('id', id)
      .update({ ...values, updated_at: clock.now() })
  },
}

function latestFacts(trx: Parameters<DissolutionHandler['list']>[1], unitId: number) {
  return trx
    .from('unit_facts')
    .where({ unit_id: unitId, live: 1 })
    .orderBy('valid_from', 'desc')
    .firstOrFail()
}
