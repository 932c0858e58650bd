import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import type User from '#accounts/models/user'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import { givenRound } from '#tests/functional/selection/givens'
import { givenBatch } from '#tests/functional/transfers/givens'

test.group('Scopes of grants', (group) => {
  group.each.setup(() => emptyDatabase())

  const givenDepartment = async (unitId: number, name: string, row = {}) => {
    const stamps = { valid_from: '2020-01-01', version: 1, created_at: clock.now() }
    const [id] = await db.table('departments').insert({ unit_id: unitId, name, ...stamps, ...row })
    return Number(id)
  }

  const propose = async (client: any, user: User, fields: Record<string, unknown>) =>
    client
      .post('/accounts/grants')
      .loginAs(await givenUser({ role: 'security_admin' }))
      .withCsrfToken()
      .redirects(0)
      .form({
        _form: '/accounts/grants',
        user_id: user.id,
        valid_from: clock.today(),
        reason: '测试',
        ...fields,
      })

  /** Proposed by one security administrator and approved by another, both by page. */
  const grant = async (client: any, user: User, fields: Record<string, unknown>) => {
    await propose(client, user, fields)
    const [{ id }] = await rowsOf('grants', { user_id: user.id, state: 'proposed' })
    await client
      .post(`/accounts/grants/${id}/decision`)
      .loginAs(await givenUser({ role: 'security_admin' }))
      .withCsrfToken()
      .redirects(0)
      .form({ version: 1, approve: 'true' })
    return buildActor(user.id)
  }

  test('a liaison of a department outside the reform is granted by page', async ({
    client,
    assert,
  }) => {
    await givenUnit({ name: '乙单位' })
    const finance = await givenUnit({ name: '财政局', kind: 'external' })
    await givenUnit({ name: '已撤单位', kind: 'external', dissolved_on: '2021-01-01' })
    const page = await client
      .get('/accounts/grants/new')
      .loginAs(await givenUser({ role: 'security_admin' }))
    page.assertTextIncludes('乙单位')
    page.assertTextIncludes('财政局')
    assert.notInclude(page.text(), '已撤单位')
    const actor = await grant(client, await givenUser(), {
      role: 'liaison',
      scope: 'unit',
      unit_id: finance,
    })
    assert.deepEqual(actor.unitsFor('governance.report'), [finance])
  })

  test('a department is found by its unit, and the grant opens its people alone', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit({ name: '市广播电视台' })
    // Ids of departments and units differ from here on.
    await givenDepartment(unitId, '已撤部门', { valid_to: '2021-01-01' })
    await givenDepartment(unitId, '广告部')
    const departmentId = await givenDepartment(unitId, '总编室')
    const people: Record<string, number> = {}
    for (const [name, place] of [
      ['本部门人', { department_id: departmentId }],
      ['他部门人', {}],
    ] as const) {
      people[name] = await givenPerson({ name })
      await givenAssignment(people[name], unitId, place)
    }
    const found = await client
      .get('/accounts/grants/departments?q=广播')
      .loginAs(await givenUser({ role: 'security_admin' }))
    assert.deepInclude(found.body(), { value: departmentId, text: '市广播电视台 · 总编室' })
    assert.lengthOf(found.body(), 2)
    const user = await givenUser()
    const actor = await grant(client, user, {
      role: 'department_manager',
      scope: 'department',
      department_id: departmentId,
    })
    assert.isTrue(actor.may('performance.score', { unitId, departmentId }))
    assert.isFalse(actor.may('performance.score', { unitId, departmentId: departmentId - 1 }))
    assert.isFalse(actor.may('performance.score', { unitId }))
    const mine = await client.get(`/people/persons/${people['本部门人']}`).loginAs(user)
    mine.assertStatus(200)
    const other = await client.get(`/people/persons/${people['他部门人']}`).loginAs(user)
    other.assertStatus(403)
    const page = await client.get('/accounts/security').loginAs(user)
    assert.include(page.text(), '市广播电视台 · 总编室')
  })

  test('a grant for one batch opens, and may sign, that batch and nothing else', async ({
    client,
    assert,
  }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    const one = await givenBatch(officer, '第一批')
    const two = await givenBatch(officer, '第二批')
    const found = await client
      .get('/accounts/grants/cases?q=第一批')
      .loginAs(await givenUser({ role: 'security_admin' }))
    const [{ value, text }] = found.body()
    assert.equal(value, `transfer_batch:${one}`)
    assert.include(text, '第一批')
    const user = await givenUser()
    const actor = await grant(client, user, { role: 'hr_head', scope: 'case', case_key: value })
    const sees = await client.get(`/transfers/batches/${one}`).loginAs(user)
    sees.assertStatus(200)
    const other = await client.get(`/transfers/batches/${two}`).loginAs(user)
    other.assertStatus(403)
    const list = await client.get('/transfers/batches').loginAs(user)
    assert.include(list.text(), '第一批')
    assert.notInclude(list.text(), '第二批')
    const unitIds = [await givenUnit()]
    const may = (key: string) => actor.may('transfers.approve_unit', { unitIds, caseKey: key })
    assert.isTrue(may(`transfer_batch:${one}`))
    assert.isFalse(may(`transfer_batch:${two}`))
    for (const capability of ['decisions.decide', 'people.view', 'people.unmask', 'imports.view']) {
      assert.isFalse(actor.may(capability))
    }
    const page = await client.get('/accounts/security').loginAs(user)
    assert.include(page.text(), `/transfers/batches/${one}`)
  })

  test('rounds are found as cases beside batches, however many of these there are', async ({
    client,
    assert,
  }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    for (let index = 0; index < 21; index++) await givenBatch(officer, `第${index}批`)
    const roundId = await givenRound(officer, { unitId: await givenUnit(), name: '秋季双向选择' })
    const key = `selection_round:${roundId}`
    const find = async (text: string) => {
      const security = await givenUser({ role: 'security_admin' })
      return (await client.get(`/accounts/grants/cases?q=${text}`).loginAs(security)).body()
    }
    const values = (await find('')).map(({ value }: { value: string }) => value)
    assert.lengthOf(values, 20)
    assert.include(values, key)
    const [found, ...others] = await find('秋季')
    assert.isEmpty(others)
    assert.equal(found.value, key)
    const user = await givenUser()
    const actor = await grant(client, user, { role: 'hr_head', scope: 'case', case_key: key })
    assert.isTrue(actor.may('selection.approve', { unitId: 999, caseKey: key }))
    assert.isFalse(actor.may('transfers.view'))
    const page = await client.get('/accounts/security').loginAs(user)
    assert.include(page.text(), `/selection/rounds/${roundId}`)
  })

  test('a grant without its place, or of a role that has no meaning there, is refused at the field', async ({
    client,
    assert,
  }) => {
    const user = await givenUser()
    const dissolved = await givenUnit({ dissolved_on: '2020-01-01' })
    for (const [fields, field] of [
      [{ role: 'hr_officer', scope: 'unit' }, 'unit_id'],
      [{ role: 'hr_officer', scope: 'unit', unit_id: dissolved }, 'unit_id'],
      [{ role: 'department_manager', scope: 'department', department_id: 999 }, 'department_id'],
      [{ role: 'hr_head', scope: 'case', case_key: 'transfer_batch:999' }, 'case_key'],
      [{ role: 'hr_officer', scope: 'department', department_id: 1 }, 'scope'],
      [{ role: 'system_admin', scope: 'unit', unit_id: dissolved }, 'scope'],
      [{ role: 'staff', scope: 'all' }, 'scope'],
      [{ role: 'pay_officer', scope: 'self' }, 'scope'],
    ] as const) {
      const response = await propose(client, user, fields)
      assert.property(response.flashMessage('inputErrorsBag'), field)
    }
    assert.isEmpty(await rowsOf('grants', { user_id: user.id }))
  })
})
