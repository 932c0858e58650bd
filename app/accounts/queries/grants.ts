import db from '@adonisjs/lucid/services/db'
import type { Role, Scope } from '#shared/actor'
import { clock } from '#shared/clock'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { livingBindings } from './grants_in_force.js'
import { casesPort } from '#shared/ports/cases'

export interface GrantRow {
  id: number
  userId: number
  user: string
  role: Role
  scope: Scope
  /** The unit, the department in its unit, or the case. */
  scopeName: string | null
  /** Where the case is. */
  url: string | null
  validFrom: string
  validTo: string | null
  state: string
  /** Active, within its dates and with a living assignment. */
  counts: boolean
  /** The state as pages say it: ended also when its dates or its assignment are over. */
  shown: string
  /** Ends with an assignment of its holder. */
  bound: boolean
  proposedBy: string | null
  proposedById: number | null
  approvedBy: string | null
  version: number
}

/** All grants of one account, waiting ones first. */
export async function grantsOfUser(userId: number): Promise<GrantRow[]> {
  const rows = await grantsFrom()
    .where('grants.user_id', userId)
    .orderByRaw("case grants.state when 'proposed' then 0 when 'active' then 1 else 2 end")
    .orderBy('grants.id', 'desc')
  return withBindings(rows)
}

/** A page of the grants of all accounts, newest first. */
export async function grantPage(
  filter: { state?: string; role?: string },
  cursor: string | null
): Promise<KeysetPage<GrantRow>> {
  const query = grantsFrom()
  if (filter.state) query.where('grants.state', filter.state)
  if (filter.role) query.where('grants.role', filter.role)
  const page = await keysetPage<any>(query, {
    column: 'grants.id',
    idColumn: 'grants.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: await withBindings(page.rows) }
}

function grantsFrom() {
  return db
    .from('grants')
    .join('users', 'users.id', 'grants.user_id')
    .leftJoin('users as proposer', 'proposer.id', 'grants.proposed_by')
    .leftJoin('users as approver', 'approver.id', 'grants.approved_by')
    .leftJoin('departments', (join) =>
      join.on('departments.id', 'grants.scope_id').andOnVal('grants.scope', 'department')
    )
    .joinRaw('left join units on units.id = coalesce(departments.unit_id, grants.scope_id)')
    .select(
      'grants.*',
      'users.name as user_name',
      'proposer.name as proposer_name',
      'approver.name as approver_name',
      'units.name as unit_name',
      'departments.name as department_name'
    )
}

async function withBindings(rows: any[]): Promise<GrantRow[]> {
  const living = await livingBindings(rows)
  return Promise.all(rows.map((row) => grantRow(row, living(row))))
}

async function grantRow(row: any, living: boolean): Promise<GrantRow> {
  const found = row.case_key === null ? null : await casesPort.byKey(row.case_key)
  const today = clock.today()
  const dated = row.valid_from <= today && (row.valid_to === null || row.valid_to > today)
  const counts = row.state === 'active' && dated && living
  const isOver = row.state === 'active' && !counts && row.valid_from <= today
  return {
    id: Number(row.id),
    userId: Number(row.user_id),
    user: row.user_name,
    role: row.role,
    scope: row.scope,
    scopeName: found?.title ?? placeName(row),
    url: found?.url ?? null,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    state: row.state,
    counts,
    shown: isOver ? 'ended' : row.state,
    bound: row.assignment_id !== null,
    proposedBy: row.proposer_name,
    proposedById: row.proposed_by === null ? null : Number(row.proposed_by),
    approvedBy: row.approver_name,
    version: Number(row.version),
  }
}

function placeName({ unit_name: unit, department_name: department }: any): string | null {
  return department === null ? unit : `${unit} · ${department}`
}

export async function delegationsOf(userId: number) {
  const rows = await db
    .from('delegations')
    .join('users', 'users.id', 'delegations.to_user_id')
    .where('delegations.from_user_id', userId)
    .orderBy('delegations.id', 'desc')
    .select('delegations.*', 'users.name as to_name')
  return rows.map((row) => ({
    id: Number(row.id),
    to: row.to_name as string,
    role: row.role as string,
    from: row.valid_from as string,
    until: row.valid_to as string,
    reason: row.reason as string,
    state:
      row.valid_to <= clock.today() && row.state === 'active' ? 'ended' : (row.state as string),
  }))
}
