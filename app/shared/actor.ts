import { ForbiddenError } from '#shared/errors'

/** Every role a grant can give; names of the field in resources/lang (accounts.roles.*). */
export const ROLES = [
  'system_admin',
  'security_admin',
  'audit_admin',
  'hr_officer',
  'hr_head',
  'establishment_approver',
  'personnel_approver',
  'leadership',
  'leading_group_office',
  'liaison',
  'department_manager',
  'scorer',
  'pay_officer',
  'finance_officer',
  'finance_head',
  'discipline_inspector',
  'auditor',
  'editor',
  'chief_editor',
  'staff',
] as const
export type Role = (typeof ROLES)[number]

export const SCOPES = ['self', 'case', 'department', 'unit', 'unit_successors', 'all'] as const
export type Scope = (typeof SCOPES)[number]

/** What a capability is asked about. Nothing given: "anywhere at all" (menus, list pages). */
export interface Target {
  unitId?: number | null
  unitIds?: number[]
  departmentId?: number | null
  personId?: number | null
  caseKey?: string
}

/** A grant as it stands today, its scope already resolved by `accounts`. */
export interface ActiveGrant {
  id: number
  role: Role
  capabilities: readonly string[]
  scope: Scope
  unitIds: number[]
  departmentIds: number[]
  caseKey: string | null
  /** Set when it is held by delegation (代签): on whose behalf. */
  onBehalfOf: { userId: number; name: string } | null
}

/**
 * Who acts: a plain value that only `accounts` builds (or `Actor.system` for jobs). Every surface
 * asks it; `authorize` throws, `may` is for showing or hiding.
 */
export class Actor {
  constructor(
    readonly userId: number | null,
    readonly personId: number | null,
    readonly name: string,
    readonly locale: string,
    readonly grants: readonly ActiveGrant[],
    readonly requestId: string | null = null
  ) {}

  /** The application itself: jobs, seeds, commands. May do everything; audited under its name. */
  static system(name = 'system'): Actor {
    return new SystemActor(null, null, name, 'zh-CN', [])
  }

  get roles(): Role[] {
    return [...new Set(this.grants.map((grant) => grant.role))]
  }

  hasRole(...roles: Role[]): boolean {
    return this.grants.some((grant) => roles.includes(grant.role))
  }

  /** The grant by which the actor may, own grants before delegated ones; null when none covers the target. */
  grantFor(capability: string, target: Target = {}): ActiveGrant | null {
    const fitting = this.grants.filter(
      (grant) => grant.capabilities.includes(capability) && this.covers(grant, target)
    )
    return fitting.find((grant) => !grant.onBehalfOf) ?? fitting[0] ?? null
  }

  may(capability: string, target: Target = {}): boolean {
    return this.grantFor(capability, target) !== null
  }

  /** Throws ForbiddenError (403, audited) unless a grant covers the target. */
  authorize(capability: string, target: Target = {}): ActiveGrant | null {
    const grant = this.grantFor(capability, target)
    if (!grant) throw new ForbiddenError(capability)
    return grant
  }

  /** Units the capability reaches: `'all'`, or their ids (for the WHERE of a list). */
  unitsFor(capability: string): 'all' | number[] {
    const grants = this.grants.filter((grant) => grant.capabilities.includes(capability))
    if (grants.some((grant) => grant.scope === 'all')) return 'all'
    return [...new Set(grants.flatMap((grant) => grant.unitIds))]
  }

  /** Ids of the single records of a kind that grants of scope `case` reach (beside `unitsFor`). */
  casesFor(capability: string, kind: string): number[] {
    return this.grants
      .filter((grant) => grant.scope === 'case' && grant.capabilities.includes(capability))
      .filter((grant) => grant.caseKey?.startsWith(`${kind}:`))
      .map((grant) => Number(grant.caseKey!.slice(kind.length + 1)))
  }

  /** True when the record is about the actor. */
  isSelf(personId: number | null | undefined): boolean {
    return this.personId !== null && this.personId === personId
  }

  /** True when that user acts here, as the actor or through a grant that is held for the user. */
  actsAs(userId: number | null, grant?: ActiveGrant | null): boolean {
    if (userId === null) return false
    return userId === this.userId || userId === grant?.onBehalfOf?.userId
  }

  private covers(grant: ActiveGrant, target: Target): boolean {
    const units = target.unitIds ?? (target.unitId ? [target.unitId] : [])
    const anything =
      units.length === 0 && !target.departmentId && !target.personId && !target.caseKey
    if (anything || grant.scope === 'all') return true
    switch (grant.scope) {
      case 'self':
        return this.isSelf(target.personId)
      case 'case':
        return target.caseKey !== undefined && target.caseKey === grant.caseKey
      case 'department':
        return Boolean(target.departmentId && grant.departmentIds.includes(target.departmentId))
      default:
        return units.length > 0 && units.every((id) => grant.unitIds.includes(id))
    }
  }
}

class SystemActor extends Actor {
  grantFor(): ActiveGrant {
    return {
      id: 0,
      role: 'system_admin',
      capabilities: [],
      scope: 'all',
      unitIds: [],
      departmentIds: [],
      caseKey: null,
      onBehalfOf: null,
    }
  }
  unitsFor(): 'all' {
    return 'all'
  }
}
