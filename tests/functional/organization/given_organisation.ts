import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { createUnit } from '#organization/actions/create_unit'
import { fillQuota } from '#organization/actions/quota/fill_quota'
import { setTarget } from '#organization/actions/quota/set_target'
import { addUnitName } from '#organization/actions/unit_names'
import { givenDocument } from '#tests/support/givens'
import { givenSeats, system } from './givens.js'

/** Units with quota, posts, changes, an exception and a request: something on every page. */
export async function givenOrganisation() {
  const office = await createUnit(
    { name: '市委宣传部', kind: 'external', validFrom: '2000-01-01', unitClass: 'government' },
    system
  )
  const unitId = await createUnit(
    {
      name: '融媒体中心',
      kind: 'reform',
      validFrom: '2022-02-20',
      rank: '正科级',
      unitClass: 'public_two',
      supervisor: '市委宣传部',
      parentId: office,
    },
    system
  )
  const tv = await createUnit(
    {
      name: '广播电视台',
      kind: 'reform',
      validFrom: '2000-01-01',
      rank: '正科级',
      unitClass: 'public_two',
      parentId: office,
    },
    system
  )
  await givenSeats(tv, 'full', { management: 14, professional: 66, support: 10 }, '2015-06-01')
  await givenSeats(tv, 'partial', { management: 5, professional: 23, support: 2 }, '2015-06-01')
  const documentId = await givenDocument('编发〔2022〕3号')
  await givenSeats(unitId, 'full', { management: 2, professional: 5 }, '2022-02-20')
  await inTransaction(async (trx) => {
    await setTarget(trx, system, {
      unitId,
      fundingType: 'full',
      total: 8,
      management: 2,
      professional: 5,
      support: 1,
      leaderPosts: 1,
      validFrom: '2022-02-20',
      documentId,
    })
    await fillQuota(trx, system, {
      key: 'page',
      unitId,
      fundingType: 'full',
      wanted: { professional: 3 },
      effectiveOn: '2022-03-01',
      documentId,
      subjectType: 'test',
      subjectId: 1,
      reason: null,
    })
  })
  const stamps = { version: 1, created_at: clock.now() }
  const insert = async (table: string, row: object) =>
    Number((await db.table(table).insert({ ...row, ...stamps }))[0])
  const departmentId = await insert('departments', {
    unit_id: unitId,
    name: '总编室',
    front_line: true,
    weight: '1.10',
    valid_from: '2022-02-20',
  })
  const postId = await insert('posts', {
    unit_id: unitId,
    department_id: departmentId,
    code: 'E01',
    name: '责任编辑',
    nature: 'editorial',
    category: 'professional',
    headcount: 17,
    front_line: true,
    grade_top: 'professional_5',
    grade_bottom: 'professional_13',
    employment_type: 'establishment',
    coefficient: '1.45',
    valid_from: '2022-02-20',
  })
  const changeId = await insert('unit_changes', {
    kind: 'form',
    effective_on: '2022-02-20',
    document_id: documentId,
    state: 'executed',
  })
  await db
    .table('unit_change_links')
    .insert({ change_id: changeId, predecessor_id: tv, successor_id: unitId })
  await inTransaction((trx) =>
    addUnitName(trx, system, {
      unitId,
      name: '广播电视台',
      kind: 'additional',
      validFrom: '2022-02-20',
    })
  )
  const cell = { unit_id: unitId, funding_type: 'full', category: 'professional', quantity: 1 }
  const exceptionId = await insert('quota_exceptions', {
    ...cell,
    reason: '军转安置',
    state: 'proposed',
    document_id: documentId,
  })
  const requestId = await insert('quota_requests', {
    ...cell,
    number: 'YB2022-0001',
    reason: '补充记者',
    state: 'draft',
    expires_on: '2099-01-01',
  })
  const movement = await db.from('quota_movements').where('movement_key', 'page').firstOrFail()
  return { unitId, departmentId, postId, changeId, exceptionId, requestId, movementId: movement.id }
}

export type Ids = Awaited<ReturnType<typeof givenOrganisation>>

/** Pages to read. */
export const READ = (ids: Ids) => [
  '/organization/units',
  '/organization/units?q=rmt&kind=all&state=living',
  '/organization/units/pick?q=融媒',
  `/organization/units/${ids.unitId}`,
  `/organization/units/${ids.unitId}?tab=posts`,
  `/organization/units/${ids.unitId}?tab=quota`,
  `/organization/units/${ids.unitId}?tab=changes`,
  `/organization/units/${ids.unitId}/departments/pick`,
  `/organization/units/${ids.unitId}/posts/pick?q=E0`,
  '/organization/tree',
  '/organization/tree?as_of=2022-03-01&before=2021-12-31',
  '/organization/changes',
  `/organization/changes/${ids.changeId}`,
  '/organization/quota',
  `/organization/quota?unit=${ids.unitId}&funding=full&category=professional&as_of=2022-03-01`,
  `/organization/quota/units/${ids.unitId}?funding=full`,
  `/organization/quota/movements/${ids.movementId}`,
  '/organization/quota/exceptions',
  `/organization/quota/exceptions/${ids.exceptionId}`,
  '/organization/quota-requests',
  `/organization/quota-requests/${ids.requestId}`,
]
/** Pages with forms. */
export const FORMS = (ids: Ids) => [
  '/organization/units/create',
  `/organization/units/${ids.unitId}/facts/create`,
  `/organization/units/${ids.unitId}/names/create`,
  `/organization/units/${ids.unitId}/departments/create`,
  `/organization/departments/${ids.departmentId}/edit`,
  `/organization/units/${ids.unitId}/posts/create`,
  `/organization/posts/${ids.postId}/edit`,
  '/organization/changes/create',
  '/organization/quota/exceptions/create',
  '/organization/quota-requests/create',
  `/organization/quota-requests/${ids.requestId}/edit`,
]
