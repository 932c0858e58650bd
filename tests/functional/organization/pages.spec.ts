import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { fillQuota } from '#organization/actions/quota/fill_quota'
import { setTarget } from '#organization/actions/quota/set_target'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenSeats, system } from './givens.js'

/** A unit with quota, a post, a change, an exception and a request: something on every page. */
async function givenOrganisation() {
  const unitId = await givenUnit({ name: '融媒体中心' })
  const documentId = await givenDocument('编发〔2022〕3号')
  await givenSeats(unitId, 'full', { management: 2, professional: 5 }, '2022-02-20')
  await inTransaction(async (trx) => {
    await setTarget(trx, system, {
      ...{ unitId, fundingType: 'full', total: 8, management: 2, professional: 5, support: 1 },
      ...{ leaderPosts: 1, validFrom: '2022-02-20', documentId },
    })
    await fillQuota(trx, system, {
      ...{ key: 'page', unitId, fundingType: 'full', wanted: { professional: 3 } },
      ...{ effectiveOn: '2022-03-01', documentId, subjectType: 'test', subjectId: 1, reason: null },
    })
  })
  const stamps = { version: 1, created_at: clock.now() }
  const insert = async (table: string, row: object) =>
    Number((await db.table(table).insert({ ...row, ...stamps }))[0])
  const departmentId = await insert('departments', {
    ...{ unit_id: unitId, name: '总编室', front_line: true, weight: '1.10' },
    valid_from: '2022-02-20',
  })
  const postId = await insert('posts', {
    ...{ unit_id: unitId, department_id: departmentId, code: 'E01', name: '责任编辑' },
    ...{ nature: 'editorial', category: 'professional', headcount: 17, front_line: true },
    ...{ grade_top: 'professional_5', grade_bottom: 'professional_13' },
    ...{ employment_type: 'establishment', coefficient: '1.45', valid_from: '2022-02-20' },
  })
  const changeId = await insert('unit_changes', {
    ...{ kind: 'form', effective_on: '2022-02-20', document_id: documentId, state: 'executed' },
  })
  await db.table('unit_change_links').insert({ change_id: changeId, successor_id: unitId })
  const cell = { unit_id: unitId, funding_type: 'full', category: 'professional', quantity: 1 }
  const exceptionId = await insert('quota_exceptions', {
    ...cell,
    ...{ reason: '军转安置', state: 'proposed', document_id: documentId },
  })
  const requestId = await insert('quota_requests', {
    ...cell,
    ...{ number: 'YB2022-0001', reason: '补充记者', state: 'draft', expires_on: '2099-01-01' },
  })
  const movement = await db.from('quota_movements').where('movement_key', 'page').firstOrFail()
  return { unitId, departmentId, postId, changeId, exceptionId, requestId, movementId: movement.id }
}

type Ids = Awaited<ReturnType<typeof givenOrganisation>>

const READ = (ids: Ids) => [
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
const FORMS = (ids: Ids) => [
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
const WRITES = (ids: Ids) => [
  '/organization/units',
  `/organization/units/${ids.unitId}/facts`,
  `/organization/units/${ids.unitId}/names`,
  `/organization/units/${ids.unitId}/names/1/end`,
  `/organization/units/${ids.unitId}/departments`,
  `/organization/departments/${ids.departmentId}`,
  `/organization/units/${ids.unitId}/posts`,
  `/organization/posts/${ids.postId}`,
  '/organization/changes',
  `/organization/changes/${ids.changeId}/execution`,
  `/organization/changes/${ids.changeId}/withdrawal`,
  '/organization/quota/movements',
  '/organization/quota/exceptions',
  `/organization/quota/exceptions/${ids.exceptionId}/approval`,
  `/organization/quota/exceptions/${ids.exceptionId}/refusal`,
  `/organization/quota/exceptions/${ids.exceptionId}/end`,
  '/organization/quota-requests',
  `/organization/quota-requests/${ids.requestId}`,
  `/organization/quota-requests/${ids.requestId}/submission`,
  `/organization/quota-requests/${ids.requestId}/approval`,
  `/organization/quota-requests/${ids.requestId}/return`,
  `/organization/quota-requests/${ids.requestId}/withdrawal`,
  `/organization/quota-requests/${ids.requestId}/release`,
]
const TABLES = [
  'units',
  'unit_names',
  'unit_facts',
  'unit_changes',
  'departments',
  'posts',
  'quota_accounts',
  'quota_movements',
  'quota_exceptions',
  'quota_requests',
]
const snapshot = () => Promise.all(TABLES.map((table) => rowsOf(table)))

test.group('Organization pages', (group) => {
  group.each.setup(() => emptyDatabase())

  test('every page opens for HR, in both languages, without a missing word', async ({
    client,
    assert,
  }) => {
    const ids = await givenOrganisation()
    const officer = await givenUser({ role: 'hr_officer' })
    for (const locale of ['zh-CN', 'en']) {
      for (const url of [...READ(ids), ...FORMS(ids)]) {
        const response = await client.get(url).loginAs(officer).withPlainCookie('locale', locale)
        assert.equal(response.status(), 200, url)
        assert.deepEqual(
          response
            .text()
            .match(/translation missing[^<]{0,80}|.{0,60}@(if|else|end|each|let)\b.{0,60}/gi) ?? [],
          [],
          url
        )
      }
    }
  })

  test('the approver sees the forms and moves that are his', async ({ client, assert }) => {
    const ids = await givenOrganisation()
    const approver = await givenUser({ role: 'establishment_approver' })
    await db.from('quota_requests').update({ state: 'submitted' })
    for (const url of [
      '/organization/quota/movements/create',
      `/organization/quota-requests/${ids.requestId}`,
      `/organization/quota/exceptions/${ids.exceptionId}`,
    ]) {
      const response = await client.get(url).loginAs(approver)
      assert.equal(response.status(), 200, url)
    }
    const page = await client.get(`/organization/quota-requests/${ids.requestId}`).loginAs(approver)
    page.assertTextIncludes(`/organization/quota-requests/${ids.requestId}/approval`)
  })

  test('the ledger page shows the figures and leads to the named people', async ({ client }) => {
    const ids = await givenOrganisation()
    const officer = await givenUser({ role: 'hr_officer' })
    const page = await client.get('/organization/quota?as_of=2022-03-01').loginAs(officer)
    page.assertTextIncludes('融媒体中心')
    page.assertTextIncludes(`/people/persons?unit=${ids.unitId}`)
    page.assertTextIncludes('funding=full')
    page.assertTextIncludes('as_of=2022-03-01')
  })

  test('an export is a workbook of what is filtered, and it is on record', async ({
    client,
    assert,
  }) => {
    await givenOrganisation()
    const officer = await givenUser({ role: 'hr_officer' })
    const response = await client.get('/organization/quota/export').loginAs(officer)
    response.assertStatus(200)
    assert.include(response.header('content-type'), 'spreadsheetml')
    const events = await db.from('audit_events').where('action', 'organization.quota.exported')
    assert.lengthOf(events, 1)
  })

  test('a stranger opens nothing, writes nothing, and nothing changes', async ({
    client,
    assert,
  }) => {
    const ids = await givenOrganisation()
    const stranger = await givenUser({ role: 'pay_officer' })
    const before = await snapshot()
    for (const url of [...READ(ids), ...FORMS(ids), '/organization/quota/export']) {
      const response = await client.get(url).loginAs(stranger).redirects(0)
      assert.equal(response.status(), 403, url)
    }
    for (const url of WRITES(ids)) {
      const response = await client
        .post(url)
        .loginAs(stranger)
        .withCsrfToken()
        .redirects(0)
        .form({ version: 1 })
      assert.equal(response.status(), 403, url)
    }
    assert.deepEqual(await snapshot(), before)
  })

  test('who may only read writes nothing', async ({ client, assert }) => {
    const ids = await givenOrganisation()
    const reader = await givenUser({ role: 'auditor' })
    const before = await snapshot()
    for (const url of WRITES(ids)) {
      const response = await client
        .post(url)
        .loginAs(reader)
        .withCsrfToken()
        .redirects(0)
        .form({ version: 1 })
      assert.equal(response.status(), 403, url)
    }
    assert.deepEqual(await snapshot(), before)
  })

  test('an officer of another unit sees no quota of this one and changes nothing here', async ({
    client,
    assert,
  }) => {
    const ids = await givenOrganisation()
    const other = await givenUnit({ name: '报社' })
    const officer = await givenUser({ role: 'hr_officer', unitId: other })
    const before = await snapshot()
    for (const url of [
      `/organization/quota/units/${ids.unitId}`,
      `/organization/quota/movements/${ids.movementId}`,
      `/organization/quota/exceptions/${ids.exceptionId}`,
      `/organization/quota-requests/${ids.requestId}`,
      `/organization/units/${ids.unitId}/facts/create`,
      '/organization/units/create',
      '/organization/changes/create',
    ]) {
      const response = await client.get(url).loginAs(officer).redirects(0)
      assert.equal(response.status(), 403, url)
    }
    const list = await client.get(`/organization/quota?unit=${ids.unitId}`).loginAs(officer)
    assert.notInclude(list.text(), '融媒体中心')
    const tab = await client.get(`/organization/units/${ids.unitId}?tab=quota`).loginAs(officer)
    assert.notInclude(tab.text(), 'class="num"')
    for (const url of WRITES(ids)) {
      const form = { version: 1, unit_id: ids.unitId, funding_type: 'full', quantity: 1 }
      const response = await client
        .post(url)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({
          ...form,
          ...{ category: 'professional', reason: '用', expires_on: '2099-01-01' },
          document_id: '编发〔2022〕3号',
        })
      assert.equal(response.status(), 403, url)
    }
    assert.deepEqual(await snapshot(), before)
  })
})
