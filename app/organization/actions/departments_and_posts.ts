import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import { isGrade, type Grade } from '../domain/grades.js'
import { gradeRange } from '../domain/grade_range.js'
import { assertUnitAlive } from '../queries/assert_unit_alive.js'
import { departmentById, postById } from '../queries/posts.js'
import type { DepartmentInput } from './ensure_department.js'
import { postColumns, type PostInput } from './ensure_post.js'

/** A department entered by hand; a name that the unit has already is refused. Returns its id. */
export async function createDepartment(
  input: DepartmentInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, input.validFrom)
    await askFreeze(client, actor, 'department', input.unitId)
    const values = {
      unit_id: input.unitId,
      name: input.name,
      front_line: input.frontLine ?? false,
      weight: input.weight ?? null,
      valid_from: input.validFrom,
    }
    const id = await unique('name', 'department_known', () =>
      insertRow(client, 'departments', { ...values, version: 1, created_at: clock.now() })
    )
    await write(client, actor, 'department.created', 'department', id, values)
    return id
  }, trx)
}

/** Changes name, front-line flag or weight of a department. */
export async function editDepartment(
  input: { id: number; version: number; name: string; frontLine: boolean; weight: string | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await departmentById(input.id, client)
    await askFreeze(client, actor, 'department', before.unitId, input.id)
    const values = { name: input.name, front_line: input.frontLine, weight: input.weight }
    await unique('name', 'department_known', () =>
      updateVersioned(client, 'departments', input.id, input.version, values)
    )
    await write(client, actor, 'department.edited', 'department', input.id, {
      name: [before.name, input.name],
      front_line: [before.frontLine, input.frontLine],
      weight: [before.weight, input.weight],
    })
  }, trx)
}

/** A post entered by hand. Returns its id. */
export async function createPost(input: PostInput, actor: Actor, trx?: Trx): Promise<number> {
  checkRange(input)
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, input.validFrom)
    await askFreeze(client, actor, 'post', input.unitId)
    await checkDepartment(client, input)
    const values = postColumns(input)
    const id = await unique('code', 'post_known', () =>
      insertRow(client, 'posts', { ...values, version: 1, created_at: clock.now() })
    )
    await write(client, actor, 'post.created', 'post', id, values)
    return id
  }, trx)
}

/** Changes a post; people who hold it stay. */
export async function editPost(
  input: PostInput & { id: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  checkRange(input)
  await inTransaction(async (client) => {
    const before = await postById(input.id, client)
    await askFreeze(client, actor, 'post', before.unitId, input.id)
    await checkDepartment(client, input)
    const { unit_id: _unit, valid_from: _from, ...values } = postColumns(input)
    await unique('code', 'post_known', () =>
      updateVersioned(client, 'posts', input.id, input.version, values)
    )
    await write(client, actor, 'post.edited', 'post', input.id, {
      name: [before.name, input.name],
      headcount: [before.headcount, input.headcount ?? null],
      coefficient: [before.coefficient, input.coefficient ?? null],
      grade_top: [before.gradeTop, input.gradeTop ?? null],
      grade_bottom: [before.gradeBottom, input.gradeBottom ?? null],
    })
  }, trx)
}

/** Reform discipline: no temporary change of posts and duties. Their wording takes effect at once. */
function askFreeze(trx: Trx, actor: Actor, what: string, unitId: number, id?: number) {
  return freezePort.pass(
    {
      act: `organization.${what}`,
      unitIds: [unitId],
      date: clock.today(),
      actor,
      reformDocumentId: null,
      subject: id ? { type: what, id } : undefined,
    },
    trx
  )
}

function checkRange(input: PostInput) {
  const [top, bottom] = [input.gradeTop ?? null, input.gradeBottom ?? null].map((grade) =>
    isGrade(grade) ? grade : null
  ) as [Grade | null, Grade | null]
  const range = gradeRange({ top, bottom })
  if (!range.ok) throw refusal('grade_bottom', range.error)
}

async function checkDepartment(trx: Trx, input: PostInput) {
  const department = await departmentById(input.departmentId, trx)
  if (department.unitId !== input.unitId) throw refusal('department_id', 'department_elsewhere')
}

async function unique<T>(field: string, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isUniqueViolation(error)) throw refusal(field, name)
    throw error
  }
}

function refusal(field: string, name: string) {
  const code = `organization.errors.${name}`
  return new DomainError(code, {}, [{ field, code }])
}

async function write(
  trx: Trx,
  actor: Actor,
  what: string,
  subjectType: string,
  subjectId: number,
  changes: Record<string, unknown>
) {
  await record(trx, actor, { action: `organization.${what}`, subjectType, subjectId, changes })
}
