import type { Role, Scope } from '#shared/actor'
import { ADMIN_ROLES, CAPABILITIES } from './capabilities.js'

/** What is asked about a single record; a grant for one gives no more of its role. */
const OF_A_CASE: Record<string, readonly string[]> = {
  transfer_batch: [
    'transfers.view',
    'transfers.papers',
    'transfers.approve_unit',
    'transfers.approve_personnel',
    'transfers.approve_establishment',
    'transfers.execute',
    'certificates.view',
  ],
  selection_round: [
    'selection.view',
    'selection.people',
    'selection.enter',
    'selection.approve',
    'selection.arrange',
    'selection.inspect',
  ],
}

/** What is asked about a department. */
const OF_A_DEPARTMENT = [
  'people.view_department',
  'performance.view_department',
  'performance.score',
  'organization.view',
]
const IN_A_DEPARTMENT: readonly Role[] = ['department_manager', 'scorer']

/** What a role gives within a scope: only what can be asked about it. */
export function capabilitiesIn(role: Role, scope: Scope, key: string | null): readonly string[] {
  const all = CAPABILITIES[role] ?? []
  if (scope === 'department') return all.filter((name) => OF_A_DEPARTMENT.includes(name))
  if (scope !== 'case') return all
  const asked = OF_A_CASE[key?.split(':')[0] ?? ''] ?? []
  return all.filter((name) => asked.includes(name))
}

/** The scopes in which a role has a meaning: administrators reach all, staff themselves. */
export function scopesOf(role: Role): Scope[] {
  if (ADMIN_ROLES.includes(role)) return ['all']
  if (role === 'staff') return ['self']
  const anyCase = Object.values(OF_A_CASE).flat()
  const scopes: Scope[] = ['unit', 'unit_successors', 'all']
  if (IN_A_DEPARTMENT.includes(role)) scopes.push('department')
  if (CAPABILITIES[role].some((name) => anyCase.includes(name))) scopes.push('case')
  return scopes
}
