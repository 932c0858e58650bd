import { clock } from '#shared/clock'
import { affected, readTooEarly, toInt } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'

/** The assets that a dissolved unit still holds go to its successor together; they never just end. */
export const assetHoldings: DissolutionHandler = {
  kind: 'assets',
  async list(unitId, trx) {
    const row = await trx
      .from('assets')
      .where('unit_id', unitId)
      .whereNot('state', 'disposed')
      .count('* as total')
      .first()
    const total = toInt(row.total)
    const url = `/discipline/assets?unit=${unitId}`
    return total ? [{ kind: 'assets', id: unitId, title: `资产 ${total}`, url }] : []
  },
  async settle(unitId, successorId, _date, trx) {
    if (!successorId) throw new DomainError('discipline.errors.assets_need_successor')
    const claimed = await trx
      .from('divestiture_claims')
      .join('assets', 'assets.id', 'divestiture_claims.asset_id')
      .where('assets.unit_id', unitId)
      .forUpdate()
      .first()
    if (claimed) throw new DomainError('discipline.errors.division_under_way')
    await trx
      .from('assets')
      .where('unit_id', unitId)
      .whereNot('state', 'disposed')
      .update({
        unit_id: successorId,
        version: trx.raw('version + 1'),
        updated_at: clock.now(),
      })
  },
}

/** A count under way ends with its unit; the successor counts anew. */
export const countHoldings: DissolutionHandler = {
  kind: 'asset_count',
  async list(unitId, trx) {
    const rows = await trx.from('asset_counts').where({ unit_id: unitId, live: 1 }).orderBy('id')
    return rows.map((row) => ({
      kind: 'asset_count',
      id: Number(row.id),
      title: row.number,
      url: `/discipline/counts/${row.id}`,
    }))
  },
  async settle(id, _successorId, _date, trx) {
    await trx
      .from('asset_counts')
      .where({ id, live: 1 })
      .update({ state: 'withdrawn', version: trx.raw('version + 1'), updated_at: clock.now() })
  },
}

/** An exemption that is asked or holds goes to the successor, or ends. */
export const exemptionHoldings: DissolutionHandler = {
  kind: 'exemption',
  async list(unitId, trx) {
    const rows = await trx
      .from('exemptions')
      .where('unit_id', unitId)
      .whereIn('state', ['submitted', 'approved'])
      .where('until_on', '>=', clock.today())
      .orderBy('id')
    return rows.map((row) => ({
      kind: 'exemption',
      id: Number(row.id),
      title: `${row.number} ${row.what}`.slice(0, 200),
      url: `/discipline/exemptions/${row.id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    const row = await trx.from('exemptions').where('id', id).firstOrFail()
    const ended = row.state === 'approved' ? 'revoked' : 'withdrawn'
    const version = Number(row.version)
    const settled = await trx
      .from('exemptions')
      .where({ id, version })
      .update({
        ...(successorId ? { unit_id: successorId } : { state: ended }),
        version: version + 1,
        updated_at: clock.now(),
      })
    if (!affected(settled)) throw readTooEarly()
  },
}
