import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, insertRow, isSqlite, type Row } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenAssignment, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { createPerson } from '#people/actions/create_person'
import type { PersonInput } from '#people/actions/person_columns'
import { peopleFilterOf, peopleOrderOf } from '#people/queries/people_filter'
import { countPeople, peoplePage } from '#people/queries/people_list'
import { orderColumns, peopleQuery } from '#people/queries/people_query'
import { peopleScope } from '#people/queries/people_scope'
import { downloadedRows } from '#tests/support/workbooks'

const TODAY = '2026-06-01'
const everybody = peopleScope(Actor.system('test'))

async function given(input: PersonInput, unitId: number, assignment: Row = {}) {
  const personId = await createPerson(input, Actor.system('test'))
  await givenAssignment(personId, unitId, assignment)
  return personId
}

async function givenDepartment(unitId: number, name = '新闻部') {
  return inTransaction((trx) =>
    insertRow(trx, 'departments', {
      unit_id: unitId,
      name,
      valid_from: '2000-01-01',
      version: 1,
      created_at: clock.now(),
    })
  )
}

/** The names that a list shows for a query string. */
async function names(query: Record<string, string>, scope = everybody) {
  const filter = peopleFilterOf(query, TODAY)
  const page = await peoplePage(filter, scope, peopleOrderOf(query), query.cursor ?? null)
  return page.rows.map((row) => row.person.name)
}

test.group('People list', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('finds by characters, pinyin and initials', async ({ assert }) => {
    const unitId = await givenUnit()
    await given({ name: '欧阳翔' }, unitId)
    await given({ name: '王芳' }, unitId)
    await given({ name: '王方方' }, unitId)
    assert.deepEqual(await names({ q: '阳' }), ['欧阳翔'])
    assert.deepEqual(await names({ q: 'wangf' }), ['王芳', '王方方'])
    assert.deepEqual(await names({ q: 'Ou Yang' }), ['欧阳翔'])
    assert.deepEqual(await names({ q: 'wff' }), ['王方方'])
    assert.deepEqual(await names({ q: 'fang' }), [])
    assert.deepEqual(await names({ q: "' or 1=1 --" }), [])
    assert.deepEqual(await names({ q: '%' }), [])
  })

  test('narrows by unit, department, employment, funding, category, series and nature', async ({
    assert,
  }) => {
    const [one, two] = [await givenUnit(), await givenUnit()]
    const departmentId = await givenDepartment(one)
    const postId = await inTransaction((trx) =>
      insertRow(trx, 'posts', {
        unit_id: one,
        department_id: departmentId,
        name: '记者',
        nature: 'editorial',
        valid_from: '2000-01-01',
        version: 1,
        created_at: clock.now(),
      })
    )
    await given({ name: '甲' }, one, {
      department_id: departmentId,
      post_id: postId,
      employment_type: 'establishment',
      funding_type: 'full',
      quota_category: 'professional',
      grade: 'professional_7',
    })
    await given({ name: '乙' }, two)
    assert.deepEqual(await names({ unit: String(one) }), ['甲'])
    assert.deepEqual(await names({ department: String(departmentId) }), ['甲'])
    assert.deepEqual(await names({ employment: 'contract' }), ['乙'])
    assert.deepEqual(await names({ funding: 'full', category: 'professional' }), ['甲'])
    assert.deepEqual(await names({ series: 'professional' }), ['甲'])
    assert.deepEqual(await names({ series: 'management' }), [])
    assert.deepEqual(await names({ nature: 'editorial' }), ['甲'])
    assert.deepEqual(await names({ nature: 'nonsense', unit: '-1' }), ['甲', '乙'])
  })

  test('shows each date as it was, and who has no place', async ({ assert }) => {
    const [one, two] = [await givenUnit({ name: '报社' }), await givenUnit({ name: '中心' })]
    const personId = await given({ name: '甲' }, one, { valid_to: '2026-04-01' })
    await givenAssignment(personId, two, { valid_from: '2026-04-01', valid_to: '2026-05-01' })
    const unitOn = async (date: string) => {
      const filter = peopleFilterOf({ as_of: date }, TODAY)
      const page = await peoplePage(filter, everybody, peopleOrderOf({}), null)
      return page.rows.map((row) => row.assignment!.unitName)
    }
    assert.deepEqual(await unitOn('2026-03-31'), ['报社'])
    assert.deepEqual(await unitOn('2026-04-01'), ['中心'])
    assert.deepEqual(await unitOn('2026-05-01'), [])
    assert.deepEqual(await names({ employment: 'none' }), ['甲'])
    assert.deepEqual(await names({ employment: 'none', as_of: '2026-04-30' }), [])
  })

  test('near retirement, objected and held', async ({ assert }) => {
    const unitId = await givenUnit()
    // 60 years and 5 months by the scheme of 2025: 1966-06 → 2026-11
    await given({ name: '男近', sex: 'male', birthOn: '1966-06-10' }, unitId)
    await given({ name: '男远', sex: 'male', birthOn: '1968-06-10' }, unitId)
    await given({ name: '女工', sex: 'female', birthOn: '1975-11-02' }, unitId)
    await given({ name: '女干', sex: 'female', birthOn: '1975-11-02' }, unitId, {
      grade: 'management_7',
    })
    await given(
      { name: '女选', sex: 'female', birthOn: '1971-01-02', retirementKind: 'cadre' },
      unitId,
      {
        grade: 'professional_5',
      }
    )
    const heldId = await given({ name: '待定者' }, unitId)
    await db.from('persons').where('name', '男远').update({ confirmation: 'objected' })
    await inTransaction((trx) =>
      insertRow(trx, 'decisions', {
        kind: 'held',
        code: 'held-1',
        state: 'open',
        subject_type: 'person',
        subject_id: heldId,
        evidence: '{}',
        version: 1,
        created_at: clock.now(),
      })
    )
    assert.sameMembers(await names({ flag: 'near_retirement' }), ['男近', '女工', '女选'])
    assert.deepEqual(await names({ flag: 'objected' }), ['男远'])
    assert.deepEqual(await names({ flag: 'held' }), ['待定者'])
  })

  test('pages by key in every order, forward, backward and from the end', async ({ assert }) => {
    const units = [await givenUnit(), await givenUnit()]
    for (let index = 0; index < 25; index++) {
      const name = `${'王李张'[index % 3]}${'一二三四五六七八九十'[index % 10]}`
      const workStartedOn = index % 5 === 0 ? null : `20${10 + (index % 7)}-07-01`
      await given({ name, workStartedOn }, units[index % 2])
    }
    for (const sort of ['name', 'unit', 'work_started']) {
      for (const direction of ['asc', 'desc']) {
        const filter = peopleFilterOf({}, TODAY)
        const order = peopleOrderOf({ sort, direction })
        const at = (cursor: string | null) => peoplePage(filter, everybody, order, cursor, 10)
        const first = await at(null)
        const second = await at(first.next)
        const third = await at(second.next)
        const ids = [first, second, third].flatMap((page) => page.rows.map((row) => row.person.id))
        assert.lengthOf(new Set(ids), 25)
        assert.isNull(third.next)
        assert.isNull(first.previous)
        assert.deepEqual((await at(second.previous)).rows, first.rows)
        const last = await at('last')
        assert.deepEqual(
          last.rows.map((row) => row.person.id),
          ids.slice(-10)
        )
      }
    }
  })

  test('everybody sees only what the grants reach', async ({ assert }) => {
    const [one, two] = [await givenUnit(), await givenUnit()]
    const departmentId = await givenDepartment(one)
    const self = await given({ name: '甲' }, one, { department_id: departmentId })
    await given({ name: '乙' }, one)
    await given({ name: '丙' }, two)
    const seen = async (input: Parameters<typeof givenActor>[0]) =>
      names({}, peopleScope(await givenActor(input)))
    assert.deepEqual(await seen({ role: 'hr_officer', unitId: one }), ['甲', '乙'])
    assert.deepEqual(await seen({ role: 'department_manager', departmentId }), ['甲'])
    assert.deepEqual(await seen({ personId: self }), ['甲'])
    assert.deepEqual(await seen({ role: 'system_admin' }), [])
    assert.deepEqual(await seen({ role: 'auditor' }), ['丙', '甲', '乙'].sort(byPinyin))
  })

  test('the page shows masked numbers, escaped names and refuses strangers', async ({
    assert,
    client,
  }) => {
    const unitId = await givenUnit({ name: '<b>社</b>' })
    const personId = await given(
      { name: '<script>alert(1)</script>', identityNo: '11010519491231002X' },
      unitId
    )
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const page = await client.get('/people/persons').loginAs(officer)
    page.assertStatus(200)
    assert.include(page.text(), '&lt;script&gt;alert(1)&lt;/script&gt;')
    assert.include(page.text(), '&lt;b&gt;社&lt;/b&gt;')
    assert.include(page.text(), '1101**********002X')
    assert.notInclude(page.text(), '<script>alert(1)')

    const admin = await givenUser({ role: 'system_admin' })
    for (const url of ['/people/persons', '/people/persons/export', '/people/persons/pick?q=a']) {
      const refused = await client.get(url).loginAs(admin).redirects(0)
      refused.assertStatus(403)
      assert.notInclude(refused.text(), '1101')
    }
    assert.isAbove(personId, 0)
  })

  test('a picker answers with people in reach only', async ({ client }) => {
    const [one, two] = [await givenUnit({ name: '报社' }), await givenUnit()]
    const id = await given({ name: '王芳' }, one)
    await given({ name: '王方' }, two)
    const officer = await givenUser({ role: 'hr_officer', unitId: one })
    const answer = await client.get('/people/persons/pick').qs({ q: 'wang' }).loginAs(officer)
    answer.assertBody([{ value: id, text: '王芳', detail: '报社' }])
    const nothing = await client.get('/people/persons/pick').qs({ q: ' ' }).loginAs(officer)
    nothing.assertBody([])
  })

  test('a picker takes pinyin before initials, and nobody twice', async ({ assert, client }) => {
    const unitId = await givenUnit()
    for (const name of ['胡安', '黄安', '何安']) await given({ name }, unitId)
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const found = async (q: string) => {
      const answer = await client.get('/people/persons/pick').qs({ q }).loginAs(officer)
      return answer.body().map((row: { text: string }) => row.text)
    }
    assert.deepEqual(await found('ha'), ['何安', '胡安', '黄安'])
    assert.deepEqual(await found('huang'), ['黄安'])
    assert.deepEqual(await found('h'), ['何安', '胡安', '黄安'])
    await given({ name: '韩信' }, unitId)
    assert.deepEqual(await found('Ha'), ['韩信', '何安', '胡安', '黄安'])
  })

  test('the export holds exactly the filtered rows and is on record', async ({
    assert,
    client,
  }) => {
    const [one, two] = [await givenUnit({ name: '报社' }), await givenUnit()]
    await given({ name: '=1+1', sex: 'male', identityNo: '11010519491231002X' }, one, {
      grade: 'professional_7',
    })
    await given({ name: '李静' }, two)
    const auditor = await givenUser({ role: 'auditor' })
    const answer = await client.get('/people/persons/export').qs({ unit: one }).loginAs(auditor)
    answer.assertStatus(200)
    const cells = await downloadedRows(answer)
    assert.lengthOf(cells, 3)
    assert.includeMembers(cells[2], ['=1+1', '男', '1101**********002X', '报社', '专技七级'])
    const [event] = await rowsOf('audit_events', { action: 'people.persons.exported' })
    assert.equal(JSON.parse(event.changes).count, 1)

    const manager = await givenUser({ role: 'department_manager', departmentId: 1 })
    const refused = await client.get('/people/persons/export').loginAs(manager)
    refused.assertStatus(403)
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.persons.exported' }), 1)
  })

  test('a page walks an index: nothing is sorted and no table is read through', async ({
    assert,
  }) => {
    for (const sort of ['name', 'unit', 'work_started']) {
      const filter = peopleFilterOf({ funding: 'full' }, TODAY)
      const order = peopleOrderOf({ sort })
      const { column, idColumn } = orderColumns(order, filter)
      const query = peopleQuery(filter, everybody, order).select('a.id', column)
      const { sql, bindings } = query.orderBy(column).orderBy(idColumn).limit(51).toSQL().toNative()
      if (isSqlite()) {
        const plan = await db.rawQuery(`EXPLAIN QUERY PLAN ${sql}`, bindings as any[])
        const text = plan.map((row: Row) => row.detail).join('\n')
        assert.notInclude(text, 'TEMP B-TREE', sort)
        assert.match(text, /USING (COVERING )?INDEX (persons_|assignments_)/, sort)
        assert.notMatch(text, /SCAN [pa]$/m, sort)
      } else {
        const [plan] = await db.rawQuery(`EXPLAIN ${sql}`, bindings as any[])
        for (const step of plan.filter((row: Row) => ['p', 'a'].includes(row.table))) {
          assert.isNotNull(step.key, `${sort}: ${step.table}`)
        }
      }
    }
    const unit = peopleFilterOf({ unit: '3' }, TODAY)
    assert.equal(await countPeople(unit, everybody), 0)
  })
})

function byPinyin(a: string, b: string) {
  const order = ['丙', '甲', '乙']
  return order.indexOf(a) - order.indexOf(b)
}
