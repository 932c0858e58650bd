import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { updateVersioned, type Row, type Trx } from '#shared/database'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'
import { releaseRequest } from './quota_requests/release_request.js'
import { setUnitFacts } from './set_unit_facts.js'

const actor = Actor.system('dissolution')

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
    await releaseRequest(trx, actor, row, 'withdrawn')
    if (successorId) {
      await handOver(trx, 'quota_requests', row, successorId, { state: 'draft', post_id: null })
    }
    await note(trx, 'request', successorId ? 'handed_over' : 'withdrawn', row, successorId)
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
    await setUnitFacts(trx, actor, {
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
    const row = await trx.from('quota_exceptions').where('id', id).forUpdate().firstOrFail()
    if (successorId) {
      await handOver(trx, 'quota_exceptions', row, successorId, { state: 'proposed' })
    } else {
      await updateVersioned(trx, 'quota_exceptions', id, Number(row.version), { state: 'ended' })
    }
    await note(trx, 'exception', successorId ? 'handed_over' : 'ended', row, successorId)
  },
}

/** Seats that the dissolved unit has used stay used: the successor asks anew for the rest alone. */
async function handOver(
  trx: Trx,
  table: 'quota_requests' | 'quota_exceptions',
  { id }: Row,
  unitId: number,
  values: Row
) {
  const row = await trx.from(table).where('id', id).firstOrFail()
  await updateVersioned(trx, table, Number(id), Number(row.version), {
    ...values,
    unit_id: unitId,
    quantity: Number(row.quantity) - Number(row.used),
    used: 0,
    approved_by: null,
  })
}

function note(
  trx: Trx,
  what: 'request' | 'exception',
  done: string,
  { id, unit_id: unit, state, quantity, used }: Row,
  successorId: number | null
) {
  return record(trx, actor, {
    action: `organization.${what}.${done}`,
    subjectType: `quota_${what}`,
    subjectId: Number(id),
    changes: { state, quantity, used, unit_id: [Number(unit), successorId ?? Number(unit)] },
  })
}

function latestFacts(trx: Parameters<DissolutionHandler['list']>[1], unitId: number) {
  return trx
    .from('unit_facts')
    .where({ unit_id: unitId, live: 1 })
    .orderBy('valid_from', 'desc')
    .firstOrFail()
}
