import db from '@adonisjs/lucid/services/db'
import { withSuccessors } from '#organization/queries/unit_successors'
import { Actor, type ActiveGrant, type Role, type Scope } from '#shared/actor'
import { clock } from '#shared/clock'
import { ADMIN_ROLES, CAPABILITIES } from '../domain/capabilities.js'
import { capabilitiesIn } from '../domain/scopes.js'
import { grantsInForce } from './grants_in_force.js'
import type User from '../models/user.js'

/**
 * The actor as of today: own grants that are active, within their dates and whose assignment still
 * lives, and those held by delegation. Staff with a person see their own record without a grant.
 */
export async function buildActor(userId: number): Promise<Actor> {
  const user = await db.from('users').where('id', userId).firstOrFail()
  const personId = user.person_id === null ? null : Number(user.person_id)
  return actorOf({ id: userId, personId, name: user.name, locale: user.locale })
}

/** The same of an account that was read already. */
export async function actorOf(
  user: Pick<User, 'id' | 'personId' | 'name' | 'locale'>,
  requestId: string | null = null
): Promise<Actor> {
  const grants = [...(await grantsOf([user.id])), ...(await delegatedGrants(user.id))]
  if (user.personId !== null) grants.push(ownRecord())
  return new Actor(user.id, user.personId, user.name, user.locale, grants, requestId)
}

function ownRecord(): ActiveGrant {
  return {
    id: 0,
    role: 'staff',
    capabilities: CAPABILITIES.staff,
    scope: 'self',
    unitIds: [],
    departmentIds: [],
    caseKey: null,
    onBehalfOf: null,
  }
}

async function delegatedGrants(userId: number): Promise<ActiveGrant[]> {
  const today = clock.today()
  const delegations = await db
    .from('delegations')
    .join('users', 'users.id', 'delegations.from_user_id')
    .where({ 'to_user_id': userId, 'delegations.state': 'active', 'users.state': 'active' })
    .where('valid_from', '<=', today)
    .where('valid_to', '>', today)
    .whereNotIn('role', [...ADMIN_ROLES])
    .select('from_user_id', 'role', 'users.name as from_name')
  const lists = await Promise.all(
    delegations.map(async (row) => {
      const grants = await grantsOf([Number(row.from_user_id)])
      return grants
        .filter((grant) => grant.role === row.role)
        .map((grant) => ({
          ...grant,
          onBehalfOf: { userId: Number(row.from_user_id), name: row.from_name as string },
        }))
    })
  )
  return lists.flat()
}

async function grantsOf(userIds: number[]): Promise<ActiveGrant[]> {
  const rows = await grantsInForce((grants) => grants.whereIn('grants.user_id', userIds))
  const grants: ActiveGrant[] = []
  for (const row of rows) {
    const scope = row.scope as Scope
    const scopeId = row.scope_id === null ? null : Number(row.scope_id)
    grants.push({
      id: Number(row.id),
      role: row.role as Role,
      capabilities: capabilitiesIn(row.role, scope, row.case_key),
      scope,
      unitIds: await unitsOf(scope, scopeId),
      departmentIds: scope === 'department' && scopeId ? [scopeId] : [],
      caseKey: row.case_key,
      onBehalfOf: null,
    })
  }
  return grants
}

async function unitsOf(scope: Scope, scopeId: number | null): Promise<number[]> {
  if (!scopeId) return []
  if (scope === 'unit') return [scopeId]
  return scope === 'unit_successors' ? withSuccessors([scopeId]) : []
}
