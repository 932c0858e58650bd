import type { Role, Scope } from '#shared/actor'
import { clock } from '#shared/clock'
import type { Trx } from '#shared/database'
import { refusing } from '#shared/errors'
import { casesPort, type Case } from '#shared/ports/cases'
import { scopesOf } from '../domain/scopes.js'

export interface PlaceInput {
  role: Role
  scope: Scope
  unitId?: number | null
  departmentId?: number | null
  caseKey?: string | null
}

const refuse = refusing('accounts')

/** The record that the key names; asked before the transaction, for other modules answer it. */
export async function caseOf({ scope, caseKey }: PlaceInput): Promise<Case | null> {
  if (scope !== 'case') return null
  return (caseKey ? await casesPort.byKey(caseKey) : null) ?? refuse('case_key', 'case_needed')
}

/**
 * Where a grant reaches, as its row keeps it. Throws when the role has no meaning in the scope
 * (`scope_of_role`) or the unit, department or case is missing, ended or unknown.
 */
export async function placeOf(trx: Trx, input: PlaceInput, found: Case | null) {
  if (!scopesOf(input.role).includes(input.scope)) refuse('scope', 'scope_of_role')
  switch (input.scope) {
    case 'unit':
    case 'unit_successors':
      return { scope_id: await livingUnit(trx, input.unitId), case_key: null }
    case 'department':
      return { scope_id: await livingDepartment(trx, input.departmentId), case_key: null }
    case 'case':
      return { scope_id: null, case_key: found!.key }
    default:
      return { scope_id: null, case_key: null }
  }
}

/** As it is now, and it does not end before the grant is written: whoever dissolves it waits. */
async function livingUnit(trx: Trx, id?: number | null): Promise<number> {
  const unit = id ? await trx.from('units').where({ id }).forShare().first() : null
  if (!unit) refuse('unit_id', 'unit_needed')
  if (unit.dissolved_on !== null && unit.dissolved_on <= clock.today()) {
    refuse('unit_id', 'unit_dissolved', { unit: unit.name })
  }
  return Number(unit.id)
}

async function livingDepartment(trx: Trx, id?: number | null): Promise<number> {
  if (id) await shareUnitOf(trx, id)
  const department = id ? await trx.from('departments').where({ id }).first() : null
  const over = department?.valid_to && department.valid_to <= clock.today()
  if (!department || over) refuse('department_id', 'department_needed')
  return Number(department.id)
}

async function shareUnitOf(trx: Trx, departmentId: number) {
  await trx
    .from('departments as d')
    .join('units as u', 'u.id', 'd.unit_id')
    .where('d.id', departmentId)
    .forShare()
    .select('u.id')
}
