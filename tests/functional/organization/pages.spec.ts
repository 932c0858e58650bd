import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { FORMS, givenOrganisation, READ, type Ids } from './given_organisation.js'

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
    const stranger = await givenUser({ role: 'editor' })
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
          category: 'professional',
          reason: '用',
          expires_on: '2099-01-01',
          document_id: '编发〔2022〕3号',
        })
      assert.equal(response.status(), 403, url)
    }
    assert.deepEqual(await snapshot(), before)
  })
})
