import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { DissolutionHandler } from '#shared/ports/unit_dissolved'

const actor = Actor.system('dissolution')

/**
 * Grants over a unit or one of its departments, waiting ones too: each goes on over the successor,
 * in its department of the same name, or ends. One over a unit and its successors goes on by itself.
 */
export const grantHoldings: DissolutionHandler = {
  kind: 'grant',
  async list(unitId, trx) {
    const departments = trx.from('departments').where('unit_id', unitId).select('id')
    const rows = await trx
      .from('grants')
      .join('users', 'users.id', 'grants.user_id')
      .whereIn('grants.state', ['proposed', 'active'])
      .where((any) =>
        any
          .where({ 'grants.scope': 'unit', 'grants.scope_id': unitId })
          .orWhere((within) =>
            within.where('grants.scope', 'department').whereIn('grants.scope_id', departments)
          )
      )
      .orderBy('grants.id')
      .select('grants.id', 'grants.user_id', 'grants.role', 'users.name')
    return rows.map((row) => ({
      kind: 'grant',
      id: Number(row.id),
      title: `${row.name} · ${row.role}`,
      url: `/accounts/users/${row.user_id}`,
    }))
  },
  async settle(id, successorId, _date, trx) {
    const grant = await trx.from('grants').where('id', id).forUpdate().firstOrFail()
    await trx
      .from('grants')
      .where('id', id)
      .update({ state: 'ended', ended_at: clock.now(), version: Number(grant.version) + 1 })
    const goesOn = successorId === null ? null : await goOn(trx, grant, successorId)
    await record(trx, actor, {
      action: 'accounts.grant.dissolved',
      subjectType: 'user',
      subjectId: Number(grant.user_id),
      changes: { grantId: id, role: grant.role, successor: successorId, goesOn },
    })
  },
}

async function goOn(trx: Trx, grant: Row, successorId: number): Promise<number> {
  const { id, ended_at, admin_slot, updated_at, ...kept } = grant
  return insertRow(trx, 'grants', {
    ...kept,
    scope_id: grant.scope === 'department' ? await sameName(trx, grant, successorId) : successorId,
    valid_from: grant.valid_from > clock.today() ? grant.valid_from : clock.today(),
    version: 1,
    created_at: clock.now(),
  })
}

async function sameName(trx: Trx, grant: Row, unitId: number): Promise<number> {
  const { name } = await trx.from('departments').where('id', grant.scope_id).firstOrFail()
  const found = await trx
    .from('departments')
    .where({ unit_id: unitId, name })
    .whereNull('valid_to')
    .first()
  if (!found) throw new DomainError('accounts.errors.no_department_there', { department: name })
  return Number(found.id)
}
