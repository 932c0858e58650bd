import { randomUUID } from 'node:crypto'
import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { type Actor, type Role, type Scope } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction, insertRow, type Row } from '#shared/database'
import { buildActor } from '#accounts/queries/build_actor'
import User from '#accounts/models/user'

/** One password for every account of the tests; hashed once, for a hash costs 50 ms. */
export const PASSWORD = 'Correct-Horse-9-Battery'
let passwordHash: string | null = null

const stamps = () => ({ version: 1, created_at: clock.now() })
const insert = (table: string, row: Row) => inTransaction((trx) => insertRow(trx, table, row))

export async function givenUnit(row: Row = {}): Promise<number> {
  const name = row.name ?? `单位${randomUUID().slice(0, 6)}`
  const id = await insert('units', {
    code: randomUUID().slice(0, 12),
    name,
    name_pinyin: 'danwei',
    name_initials: 'dw',
    kind: 'reform',
    ...stamps(),
    ...row,
  })
  await insert('unit_names', {
    unit_id: id,
    name,
    kind: 'legal',
    valid_from: '2000-01-01',
    recorded_at: clock.now(),
  })
  return id
}

export async function givenPerson(row: Row = {}): Promise<number> {
  return insert('persons', {
    name: '张三',
    name_pinyin: 'zhang san',
    name_initials: 'zs',
    sex: 'male',
    birth_on: '1985-05-05',
    ...stamps(),
    ...row,
  })
}

export async function givenAssignment(personId: number, unitId: number, row: Row = {}) {
  return insert('assignments', {
    person_id: personId,
    kind: 'main',
    unit_id: unitId,
    employment_type: 'contract',
    valid_from: '2020-01-01',
    source: 'test',
    recorded_at: clock.now(),
    ...row,
  })
}

export async function givenDocument(documentNo = `测发〔2026〕${randomUUID().slice(0, 8)}号`) {
  return insert('documents', { document_no: documentNo, title: documentNo, ...stamps() })
}

export interface UserInput {
  role?: Role
  scope?: Scope
  unitId?: number
  departmentId?: number
  /** The grant is for this record alone. */
  caseKey?: string
  personId?: number
  row?: Row
}

/** A signed-up account with one active grant (scope `all` unless a unit is given). */
export async function givenUser(input: UserInput = {}): Promise<User> {
  passwordHash ??= await hash.make(PASSWORD)
  const id = await insert('users', {
    username: `u${randomUUID().slice(0, 10)}`,
    name: input.role ?? '员工',
    person_id: input.personId ?? null,
    password: passwordHash,
    must_change_password: false,
    ...stamps(),
    ...input.row,
  })
  if (input.role) {
    await insert('grants', {
      user_id: id,
      role: input.role,
      scope: input.scope ?? scopeOf(input),
      scope_id: input.departmentId ?? input.unitId ?? null,
      case_key: input.caseKey ?? null,
      valid_from: '2000-01-01',
      state: 'active',
      ...stamps(),
    })
  }
  return User.findOrFail(id)
}

function scopeOf({ caseKey, departmentId, unitId }: UserInput): Scope {
  if (caseKey) return 'case'
  return departmentId ? 'department' : unitId ? 'unit' : 'all'
}

export async function givenActor(input: UserInput = {}): Promise<Actor> {
  return buildActor((await givenUser(input)).id)
}

/** Rows of a table as the database has them, for "and nothing changed". */
export function rowsOf(table: string, where: Row = {}) {
  return db.from(table).where(where).orderBy('id')
}

export { bulkInsert }
