import hash from '@adonisjs/core/services/hash'
import { record } from '#audit/actions/record'
import { DEMO_PASSWORD } from '#accounts/domain/demo'
import { buildActor } from '#accounts/queries/build_actor'
import { namePinyin } from '#people/domain/name_pinyin'
import { Actor, type Role, type Scope } from '#shared/actor'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { inTransaction, insertRow } from '#shared/database'

/**
 * Demo accounts: as many per role as the longest approval line needs. They are persons outside the
 * rosters (leaders, offices of the city); the staff account belongs to somebody on a roster.
 */
const CAST = [
  ['hr1', '周晓岚', 'hr_officer'],
  ['hr2', '郑立群', 'hr_officer'],
  ['hrhead', '吴建明', 'hr_head'],
  ['renshe', '孙丽华', 'personnel_approver'],
  ['bianban', '马国强', 'establishment_approver'],
  ['leader', '陈志远', 'leadership'],
  ['lgoffice', '林秋月', 'leading_group_office'],
  ['jijian', '高峰', 'discipline_inspector'],
  ['auditor', '何敏', 'auditor'],
  ['sysadmin', '丁伟', 'system_admin'],
  ['security1', '谢芳', 'security_admin'],
  ['security2', '邓超', 'security_admin'],
  ['auditadmin', '罗兰', 'audit_admin'],
] as const satisfies ReadonlyArray<readonly [string, string, Role]>

export type CastName = (typeof CAST)[number][0]
export type Cast = Record<CastName, () => Promise<Actor>>

/** Creates the accounts with their grants, and gives for each the actor as it stands when asked. */
export async function enterCast(): Promise<Cast> {
  const password = await hash.make(DEMO_PASSWORD)
  const entries = []
  for (const [username, name, role] of CAST) {
    const userId = await enter({ username, name, password, role, personId: null })
    entries.push([username, () => buildActor(userId)] as const)
  }
  return Object.fromEntries(entries) as Cast
}

/**
 * An account that a module's story brings on stage; listed on the sign-in page like the others.
 * `scope` is `all` unless units or a department are named; a person of the rosters by `personId`.
 */
export async function enterAccount(input: {
  username: string
  name: string
  role: Role | null
  personId?: number
  unitId?: number
  departmentId?: number
}): Promise<() => Promise<Actor>> {
  const password = await hash.make(DEMO_PASSWORD)
  const userId = await enter({ personId: null, ...input, password })
  return () => buildActor(userId)
}

/** The account of somebody on a roster, who sees the own record. */
export async function enterStaff(username: string, person: { id: number; name: string }) {
  const password = await hash.make(DEMO_PASSWORD)
  const { id: personId, name } = person
  return enter({ username, name, password, role: null, personId })
}

async function enter(input: {
  username: string
  name: string
  password: string
  role: Role | null
  personId: number | null
  unitId?: number
  departmentId?: number
}): Promise<number> {
  return inTransaction(async (trx) => {
    const now = clock.now()
    const pinyin = namePinyin(input.name)
    const personId =
      input.personId ??
      (await insertRow(trx, 'persons', {
        name: input.name,
        name_pinyin: pinyin.full,
        name_initials: pinyin.initials,
        external: true,
        confirmation: 'confirmed',
        version: 1,
        created_at: now,
      }))
    const userId = await insertRow(trx, 'users', {
      username: input.username,
      name: input.name,
      person_id: personId,
      password: input.password,
      must_change_password: false,
      password_changed_at: now,
      demo: true,
      version: 1,
      created_at: now,
    })
    if (input.role) {
      await insertRow(trx, 'grants', {
        user_id: userId,
        role: input.role,
        scope: scopeOf(input),
        scope_id: input.departmentId ?? input.unitId ?? null,
        valid_from: addMonths(clock.today(), -12),
        state: 'active',
        reason: '演示',
        version: 1,
        created_at: now,
      })
    }
    await record(trx, Actor.system('demo'), {
      action: 'accounts.user.issued',
      subjectType: 'user',
      subjectId: userId,
      changes: { username: input.username, role: input.role },
    })
    return userId
  })
}

function scopeOf(input: { unitId?: number; departmentId?: number }): Scope {
  if (input.departmentId) return 'department'
  return input.unitId ? 'unit' : 'all'
}
