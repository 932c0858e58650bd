import db from '@adonisjs/lucid/services/db'
import type User from '#accounts/models/user'
import { buildActor } from '#accounts/queries/build_actor'
import { ROLES, type Actor, type Role } from '#shared/actor'
import { clock } from '#shared/clock'
import type { Row } from '#shared/database'
import {
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUnit,
  givenUser,
  type UserInput,
} from '#tests/support/givens'

/** Who asks: a role that reaches the record's unit, another one or all, or the person it is about. */
export interface World {
  own: Map<Role, Actor>
  other: Map<Role, Actor>
  all: Map<Role, Actor>
  self: Actor
  /** Accounts for what is asked over HTTP: the person of the record, and one without any grant. */
  selfUser: User
  stranger: User
  /** Record that a route's parameters name: `batch` → id, all in the own unit. */
  records: Record<string, number | string>
}

/** What a module's rows may build on. */
export interface Ground {
  unitId: number
  otherUnitId: number
  departmentId: number
  postId: number
  personId: number
  assignmentId: number
  documentId: number
}

const DEPARTMENT_ROLES: readonly Role[] = ['department_manager', 'scorer']

/** Inserts a record as it stands, with the stamps of an edited one; `bare` leaves those out. */
export const insert = async (table: string, row: Row, bare = false): Promise<number> => {
  const stamps = bare ? {} : { version: 1, created_at: clock.now() }
  return Number((await db.table(table).insert({ ...stamps, ...row }))[0])
}

/** Two units, a person in one of them, and actors of every role in both and over all. */
export async function givenWorld(
  builders: ReadonlyArray<(ground: Ground) => Promise<Record<string, number | string>>>
): Promise<World> {
  const unitId = await givenUnit({ name: '本单位' })
  const otherUnitId = await givenUnit({ name: '其他单位' })
  const departmentId = await department(unitId)
  const otherDepartmentId = await department(otherUnitId)
  const postId = await insert('posts', {
    unit_id: unitId,
    department_id: departmentId,
    name: '编辑',
    nature: 'editorial',
    category: 'professional',
    employment_type: 'contract',
    valid_from: '2020-01-01',
  })
  const personId = await givenPerson({ name: '张本人' })
  const assignmentId = await givenAssignment(personId, unitId, { department_id: departmentId })
  const ground: Ground = {
    unitId,
    otherUnitId,
    departmentId,
    postId,
    personId,
    assignmentId,
    documentId: await givenDocument('测发〔2026〕1号'),
  }
  const selfUser = await givenUser({ personId })
  const world: World = {
    own: new Map(),
    other: new Map(),
    all: new Map(),
    records: {},
    selfUser,
    self: await buildActor(selfUser.id),
    stranger: await givenUser(),
  }
  for (const role of ROLES) {
    const inDepartment = DEPARTMENT_ROLES.includes(role)
    const actor = async (input: UserInput) => buildActor((await givenUser({ role, ...input })).id)
    world.own.set(role, await actor(inDepartment ? { departmentId } : { unitId }))
    const elsewhere = { departmentId: otherDepartmentId }
    world.other.set(role, await actor(inDepartment ? elsewhere : { unitId: otherUnitId }))
    world.all.set(role, await actor({}))
  }
  for (const build of builders) {
    const records = await build(ground)
    const taken = Object.keys(records).filter((name) => name in world.records)
    if (taken.length) throw new Error(`two modules name a record ${taken.join()}`)
    Object.assign(world.records, records)
  }
  return world
}

function department(unitId: number): Promise<number> {
  return insert('departments', { unit_id: unitId, name: '总编室', valid_from: '2020-01-01' })
}
