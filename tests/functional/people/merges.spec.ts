import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, isSqlite } from '#shared/database'
import { dbChecksPort } from '#shared/ports/db_checks'
import { personReferencesPort } from '#shared/ports/person_references'
import { holdForDecision } from '#decisions/actions/hold'
import { fillQuota } from '#organization/actions/quota/fill_quota'
import { quotaBalances } from '#organization/queries/quota_balances'
import { correctPerson } from '#people/actions/correct_person'
import { createPerson } from '#people/actions/create_person'
import { endAssignment } from '#people/actions/end_assignment'
import { BESIDE_THE_PORT, mergePeople } from '#people/actions/merge_people'
import { undoMerge } from '#people/actions/undo_merge'
import { mainAssignmentOf } from '#people/queries/assignments'
import { personAsKnown } from '#people/queries/person_history'
import { personByIdentity } from '#people/queries/person'
import { suspectedDuplicates } from '#people/queries/look_alikes'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenSeats } from '#tests/functional/organization/givens'

const actor = Actor.system('test')
const IDENTITY = '11010519491231002X'
const seat = { employment_type: 'establishment', funding_type: 'full', quota_category: 'support' }

async function givenTwo() {
  const unitId = await givenUnit({ name: '报社' })
  const keptId = await createPerson({ name: '王芳', birthOn: '1980-01-01' }, actor)
  const mergedId = await createPerson(
    { name: '王芳', birthOn: '1980-01-01', identityNo: IDENTITY },
    actor
  )
  return { unitId, keptId, mergedId }
}

const merge = (keptId: number, mergedId: number) =>
  mergePeople({ keptId, mergedId, reason: '同一人重复登记' }, actor)

const keyOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error.key
  )

/** Foreign keys of the database to a table, as `table.column`. */
async function keysTo(target: string): Promise<string[]> {
  if (!isSqlite()) {
    const [rows] = await db.rawQuery(
      `select TABLE_NAME as name, COLUMN_NAME as col from information_schema.KEY_COLUMN_USAGE
       where TABLE_SCHEMA = database() and REFERENCED_TABLE_NAME = ?`,
      [target]
    )
    return rows.map(({ name, col }: Record<string, string>) => `${name}.${col}`)
  }
  const keys: string[] = []
  for (const table of await db.connection().getAllTables()) {
    const rows = await db.rawQuery(`pragma foreign_key_list(${table})`)
    keys.push(...rows.flatMap((row: any) => (row.table === target ? `${table}.${row.from}` : [])))
  }
  return keys
}

async function columnsNamed(pattern: RegExp): Promise<string[]> {
  const names: string[] = []
  for (const table of await db.connection().getAllTables()) {
    const columns = Object.keys(await db.connection().columnsInfo(table))
    names.push(...columns.filter((name) => pattern.test(name)).map((name) => `${table}.${name}`))
  }
  return names
}

test.group('Merge of duplicates', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2026-06-01')
    return () => clock.release()
  })

  test('every reference moves to the kept record, and its undo moves exactly those back', async ({
    assert,
  }) => {
    const { unitId, keptId, mergedId } = await givenTwo()
    await givenAssignment(keptId, unitId, { valid_to: '2021-01-01' })
    await givenAssignment(mergedId, unitId, { valid_from: '2021-01-01' })
    await givenUser({ personId: mergedId })
    await correctPerson(
      {
        personId: mergedId,
        version: 1,
        values: { name: '王芳', birthOn: '1980-01-01', remark: '外聘' },
        reason: '补录',
        documentNo: null,
      },
      actor
    )
    await inTransaction((trx) =>
      holdForDecision(trx, actor, {
        code: 'held-7',
        subjectType: 'person',
        subjectId: mergedId,
        evidence: {},
      })
    )
    const facts = async () => [
      await rowsOf('assignments'),
      await rowsOf('users'),
      await rowsOf('decisions', { kind: 'held' }),
      await rowsOf('person_revisions', { person_version: 1, person_id: mergedId }),
    ]
    const before = await facts()

    const mergeId = await merge(keptId, mergedId)

    const left = await inTransaction((trx) => personReferencesPort.pointingAt(mergedId, trx))
    assert.deepEqual(
      left.map(({ table }) => table),
      ['person_revisions']
    )
    assert.lengthOf(await rowsOf('assignments', { person_id: keptId }), 2)
    assert.lengthOf(await rowsOf('users', { person_id: keptId }), 1)
    assert.lengthOf(await rowsOf('decisions', { subject_id: keptId, kind: 'held' }), 1)
    assert.equal((await personByIdentity(IDENTITY))!.id, keptId)
    assert.equal(await keyOf(merge(keptId, mergedId)), 'people.errors.merge_twice')

    await undoMerge({ mergeId, version: 1 }, actor)
    assert.deepEqual(await facts(), before)
    assert.equal((await personByIdentity(IDENTITY))!.id, mergedId)
    await assert.rejects(() => undoMerge({ mergeId, version: 2 }, actor))
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.person.merged' }), 2)
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.person.unmerged' }), 2)
  })

  test('no column of the database that points at a person is forgotten', async ({ assert }) => {
    const known = [...personReferencesPort.all(), ...BESIDE_THE_PORT].map(
      ({ table, column }) => `${table}.${column}`
    )
    /** What is said of two records names both for good. */
    const stay = ['person_merges', 'person_distinctions'].flatMap((table) =>
      ['kept_id', 'merged_id', 'first_id', 'second_id'].map((column) => `${table}.${column}`)
    )
    const found = [...(await keysTo('persons')), ...(await columnsNamed(/(^|_)person_id$/))]
    assert.isAbove(found.length, 20)
    assert.includeMembers([...known, ...stay], found)
    for (const locale of ['zh-CN', 'en']) {
      const words = i18nManager.locale(locale)
      const tables = known.map((name) => name.split('.')[0])
      const silent = tables.filter((table) => !words.hasMessage(`people.merges.tables.${table}`))
      assert.deepEqual(silent, [], locale)
    }
  })

  test('a held question moves whatever asked it; two of one matter are refused by its name', async ({
    assert,
    client,
  }) => {
    const { keptId, mergedId } = await givenTwo()
    await inTransaction((trx) =>
      holdForDecision(trx, actor, {
        code: 'wage_base_twice:1',
        subjectType: 'wage_base',
        subjectId: mergedId,
        evidence: {},
      })
    )
    const mergeId = await merge(keptId, mergedId)
    assert.lengthOf(await rowsOf('decisions', { subject_id: keptId, kind: 'held' }), 1)
    await undoMerge({ mergeId, version: 1 }, actor)
    assert.lengthOf(await rowsOf('decisions', { subject_id: mergedId, kind: 'held' }), 1)

    for (const personId of [keptId, mergedId]) {
      const base = { person_id: personId, valid_from: '2026-01-01', leader: false }
      await db.table('wage_bases').insert({ ...base, recorded_at: clock.now() })
    }
    const refused = await merge(keptId, mergedId).catch((error) => error)
    assert.deepEqual(
      [refused.key, refused.params],
      ['people.errors.merge_clash', { table: 'wage_bases' }]
    )
    const head = await givenUser({ role: 'hr_head' })
    const page = await client
      .get(`/people/merges/create?kept=${keptId}&merged=${mergedId}`)
      .loginAs(head)
    assert.include(page.text(), '工资基础: 1')
    assert.notInclude(page.text(), 'translation missing')
  })

  test('the record that stays takes over what it does not know, and gives it back', async ({
    assert,
  }) => {
    const keptId = await createPerson({ name: '王芳', education: 'undergraduate' }, actor)
    const more = { birthOn: '1980-01-01', phone: '13912340680', education: 'postgraduate' as const }
    const mergedId = await createPerson({ name: '王芳', identityNo: IDENTITY, ...more }, actor)
    const facts = async () => {
      const rows = await rowsOf('persons')
      return rows.map((row) => [row.identity_masked, row.birth_on, row.phone_masked, row.education])
    }
    const before = await facts()
    clock.freeze('2026-06-02')
    const mergeId = await merge(keptId, mergedId)
    const [, birth, phone] = before[1]
    assert.deepEqual(await facts(), [
      [before[1][0], birth, phone, 'undergraduate'],
      [null, birth, phone, 'postgraduate'],
    ])
    assert.equal((await personByIdentity(IDENTITY))!.id, keptId)
    assert.isNull((await personAsKnown(keptId, '2026-06-01'))!.identityMasked)
    assert.equal((await personAsKnown(mergedId, '2026-06-01'))!.identityMasked, before[1][0])
    for (const { name, findings } of await dbChecksPort.run()) assert.deepEqual(findings, [], name)

    const values = { name: '王芳', education: 'undergraduate' as const, birthOn: '1949-12-31' }
    const [{ version }] = await rowsOf('persons', { id: keptId })
    const why = { reason: '更正', documentNo: '档〔2026〕1号' }
    await correctPerson({ personId: keptId, version, values, ...why }, actor)
    await undoMerge({ mergeId, version: 1 }, actor)
    assert.deepEqual(await facts(), [[null, '1949-12-31', null, 'undergraduate'], before[1]])
    assert.equal((await personByIdentity(IDENTITY))!.id, mergedId)
  })

  test('the same assignment written down twice counts once, with one seat', async ({ assert }) => {
    const { unitId, keptId, mergedId } = await givenTwo()
    await givenSeats(unitId, 'full', { support: 2 })
    for (const personId of [keptId, mergedId]) {
      await givenAssignment(personId, unitId, { ...seat, grade: 'support_3' })
      await inTransaction((trx) =>
        fillQuota(trx, actor, {
          key: `test:${personId}`,
          unitId,
          fundingType: 'full',
          wanted: { support: 1 },
          effectiveOn: '2026-01-01',
          documentId: null,
          subjectType: 'person',
          subjectId: personId,
          reason: null,
        })
      )
    }
    const seats = async () => {
      const [row] = (await quotaBalances({ unitIds: [unitId] })).filter(
        ({ category }) => category === 'support'
      )
      return { filled: row.filled, vacant: row.vacant }
    }
    assert.deepEqual(await seats(), { filled: 2, vacant: 0 })

    const mergeId = await merge(keptId, mergedId)
    assert.deepEqual(await seats(), { filled: 1, vacant: 1 })
    assert.lengthOf(await rowsOf('assignments', { open_main: 1 }), 1)
    assert.isNull(await mainAssignmentOf(mergedId, '2026-06-01'))

    await undoMerge({ mergeId, version: 1 }, actor)
    assert.deepEqual(await seats(), { filled: 2, vacant: 0 })
    assert.equal((await mainAssignmentOf(mergedId, '2026-06-01'))!.unitId, unitId)
    assert.equal((await mainAssignmentOf(keptId, '2026-06-01'))!.unitId, unitId)
    for (const { name, findings } of await dbChecksPort.run()) assert.deepEqual(findings, [], name)
  })

  test('two units at one time, two accounts or one record twice are refused, nothing moves', async ({
    assert,
  }) => {
    const { unitId, keptId, mergedId } = await givenTwo()
    assert.equal(await keyOf(merge(keptId, keptId)), 'people.errors.merge_same')
    await givenAssignment(keptId, unitId)
    const other = await givenAssignment(mergedId, await givenUnit({ name: '电视台' }))
    assert.equal(await keyOf(merge(keptId, mergedId)), 'people.errors.merge_two_units')
    await endAssignment({ assignmentId: other, endsOn: '2026-05-01', reason: '更正' }, actor)
    assert.equal(await keyOf(merge(keptId, mergedId)), 'people.errors.merge_two_units')

    const third = await createPerson({ name: '李静' }, actor)
    const fourth = await createPerson({ name: '李静' }, actor)
    await givenUser({ personId: third })
    await givenUser({ personId: fourth })
    assert.equal(await keyOf(merge(third, fourth)), 'people.errors.merge_two_accounts')
    assert.lengthOf(await rowsOf('person_merges'), 0)
    assert.lengthOf(await rowsOf('users', { person_id: fourth }), 1)
  })

  test('what has gone on since the merge stays where it is', async ({ assert }) => {
    const { unitId, keptId, mergedId } = await givenTwo()
    const id = await givenAssignment(mergedId, unitId)
    const mergeId = await merge(keptId, mergedId)
    await endAssignment({ assignmentId: id, endsOn: '2026-05-01', reason: '辞职' }, actor)
    const before = await rowsOf('assignments')
    assert.equal(await keyOf(undoMerge({ mergeId, version: 1 }, actor)), 'people.errors.merge_used')
    assert.deepEqual(await rowsOf('assignments'), before)
    assert.isNull((await rowsOf('person_merges'))[0].undone_at)
  })

  test('a later merge is taken back first', async ({ assert }) => {
    const { keptId, mergedId } = await givenTwo()
    const third = await createPerson({ name: '王芳' }, actor)
    const first = await merge(keptId, mergedId)
    const second = await merge(third, keptId)
    assert.equal((await personByIdentity(IDENTITY))!.id, third)
    assert.equal(
      await keyOf(undoMerge({ mergeId: first, version: 1 }, actor)),
      'people.errors.merge_used'
    )
    await undoMerge({ mergeId: second, version: 1 }, actor)
    await undoMerge({ mergeId: first, version: 1 }, actor)
    assert.lengthOf(await rowsOf('persons', { merged_into: null }), 3)
  })

  test('the head of HR compares, merges and takes back by the pages', async ({
    assert,
    client,
  }) => {
    const { unitId, keptId, mergedId } = await givenTwo()
    await givenAssignment(mergedId, unitId)
    assert.deepEqual(await suspectedDuplicates(), [
      {
        name: '王芳',
        birthOn: '1980-01-01',
        ids: [keptId, mergedId],
        numbers: ['—', '1101**********002X'],
      },
    ])
    const head = await givenUser({ role: 'hr_head' })
    for (const query of ['', `?kept=${keptId}&merged=${mergedId}`]) {
      const page = await client.get(`/people/merges/create${query}`).loginAs(head)
      page.assertStatus(200)
    }
    const send = (path: string, values: object) =>
      client.post(path).loginAs(head).withCsrfToken().redirects(0).form(values)
    const form = { kept_id: keptId, merged_id: mergedId, reason: '同一人', _key: 'k' }
    for (let twice = 0; twice < 2; twice++) {
      const answer = await send('/people/merges', form)
      answer.assertHeader('location', `/people/persons/${keptId}`)
    }
    const [row] = await rowsOf('person_merges')
    const list = await client.get('/people/merges').loginAs(head)
    assert.include(list.text(), `/people/merges/${row.id}/undo`)
    const undone = await send(`/people/merges/${row.id}/undo`, { version: row.version })
    undone.assertHeader('location', '/people/merges')
    assert.lengthOf(await rowsOf('persons', { merged_into: null }), 2)
    const after = await client.get('/people/merges').loginAs(head)
    assert.notInclude(after.text(), `/people/merges/${row.id}/undo`)
  })

  test('two people who look alike are told apart, and suggested again when it is taken back', async ({
    assert,
    client,
  }) => {
    const { keptId, mergedId } = await givenTwo()
    const thirdId = await createPerson({ name: '王芳', birthOn: '1980-01-01' }, actor)
    const pairs = async () => (await suspectedDuplicates()).map(({ ids }) => ids)
    const [first, second, third] = [
      [keptId, mergedId],
      [keptId, thirdId],
      [mergedId, thirdId],
    ]
    assert.deepEqual(await pairs(), [first, second, third])
    const head = await givenUser({ role: 'hr_head' })
    const send = (path: string, values: object) =>
      client
        .post(path)
        .header('referer', '/people/merges')
        .loginAs(head)
        .withCsrfToken()
        .form(values)
    const form = { first_id: mergedId, second_id: keptId, reason: '身份证号不同，已核对档案' }
    await send('/people/distinctions', form)
    assert.deepEqual(await pairs(), [second, third])
    const twice = await send('/people/distinctions', form)
    twice.assertTextIncludes('这两条记录已确认为两个人。')
    const [row] = await rowsOf('person_distinctions')
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.person.told_apart' }), 2)
    const page = await client.get('/people/merges').loginAs(head)
    page.assertTextIncludes(form.reason)

    const undo = `/people/distinctions/${row.id}/undo`
    await send(undo, { version: row.version })
    await send(undo, { version: row.version })
    assert.deepEqual(await pairs(), [first, second, third])
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.person.apart_undone' }), 2)
    await send('/people/distinctions', form)
    assert.deepEqual(await pairs(), [second, third])
    await merge(keptId, thirdId)
    assert.deepEqual(await pairs(), [])
  })

  test('strangers are refused and nothing changes', async ({ assert, client }) => {
    const { unitId, keptId, mergedId } = await givenTwo()
    await givenAssignment(keptId, unitId)
    await givenAssignment(mergedId, unitId)
    const mergeId = await merge(keptId, mergedId)
    const before = [
      await rowsOf('persons'),
      await rowsOf('assignments'),
      await rowsOf('person_merges'),
    ]
    const strangers = [
      await givenUser({ role: 'hr_officer', unitId }),
      await givenUser({ role: 'hr_head', unitId: await givenUnit() }),
    ]
    for (const user of strangers) {
      const send = (path: string, values: object) =>
        client.post(path).loginAs(user).withCsrfToken().redirects(0).form(values)
      const form = { kept_id: keptId, merged_id: mergedId, reason: '同一人' }
      const merged = await send('/people/merges', form)
      merged.assertStatus(403)
      const apart = { first_id: keptId, second_id: mergedId, reason: '两人' }
      ;(await send('/people/distinctions', apart)).assertStatus(403)
      const undone = await send(`/people/merges/${mergeId}/undo`, { version: 1 })
      undone.assertStatus(403)
      const page = await client
        .get(`/people/merges/create?kept=${keptId}&merged=${mergedId}`)
        .loginAs(user)
        .redirects(0)
      page.assertStatus(403)
    }
    assert.deepEqual(
      [await rowsOf('persons'), await rowsOf('assignments'), await rowsOf('person_merges')],
      before
    )
    assert.lengthOf(await rowsOf('person_distinctions'), 0)
  })
})
