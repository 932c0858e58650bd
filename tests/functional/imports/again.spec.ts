import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'
import { dbChecksPort } from '#shared/ports/db_checks'
import { decide } from '#decisions/actions/decide'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { decisionById } from '#decisions/queries/decisions'
import { checkImport } from '#imports/actions/check_import'
import { commitImport, writeImport } from '#imports/actions/commit_import'
import { confirmFile, runImport, type RunInput } from '#imports/actions/run_import'
import { undoImport } from '#imports/actions/undo_import'
import { importById } from '#imports/queries/import_row'
import { proposeGrant } from '#accounts/actions/grants'
import { buildActor } from '#accounts/queries/build_actor'
import { createPerson } from '#people/actions/create_person'
import { mergePeople } from '#people/actions/merge_people'
import { revisePerson } from '#people/imports/revise_person'
import { addLinesFromList } from '#transfers/actions/add_lines_from_list'
import { createBatch } from '#transfers/actions/create_batch'
import { quotaBalances } from '#organization/queries/quota_balances'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenUser } from '#tests/support/givens'
import { givenUnitWithSeats, importOrganization } from './samples.js'

const HEADER = '姓名,身份证号码,所在部门,现岗位,岗位性质,编制类型,岗位等级,联系电话'
const EDITOR = '李明,519900197105204050,编辑部,编辑,采编,差额拨款,专技十级,19911430680'
const CLERK = '张华,519900198807125036,办公室,会计,行政,差额拨款,管理八级,19911430681'
const actor = Actor.system('tests')

test.group('Rosters imported again', (group) => {
  let unitId = 0

  group.each.setup(async () => {
    await emptyDatabase()
    clock.freeze('2022-01-10')
    unitId = await givenUnitWithSeats('报社', { management: 6, professional: 36, support: 3 })
    return () => clock.release()
  })

  test('a correction of the same day supersedes and the ledger follows', async ({ assert }) => {
    await roster('2022-01-10', [EDITOR, CLERK])
    await roster('2022-01-10', [EDITOR.replace('编辑部,编辑', '采访部,记者'), CLERK])
    const rows = await db.from('assignments').orderBy('id')
    assert.lengthOf(rows, 3)
    const [live] = rows.filter((row) => row.live === 1 && row.person_id === rows[0].person_id)
    assert.equal(live.valid_from, '2022-01-10')
    assert.equal(Number(live.supersedes), Number(rows[0].id))
    assert.deepEqual(await seats(), { professional: [1, 35], management: [1, 5], support: [0, 3] })
    await roster('2022-01-10', [EDITOR.replace('专技十级', '管理八级'), CLERK])
    assert.deepEqual(await seats(), { professional: [0, 36], management: [2, 4], support: [0, 3] })
    await consistent(assert)
  })

  test('a later roster ends the assignment on its own date and begins a new one', async ({
    assert,
  }) => {
    await roster('2022-01-10', [EDITOR])
    clock.freeze('2022-06-30')
    await roster('2022-06-30', [EDITOR.replace('专技十级', '专技九级')])
    const live = await db.from('assignments').where('live', 1).orderBy('valid_from')
    const spans = live.map((row) => [row.valid_from, row.valid_to, row.grade])
    assert.deepEqual(spans, [
      ['2022-01-10', '2022-06-30', 'professional_10'],
      ['2022-06-30', null, 'professional_9'],
    ])
    clock.freeze('2022-07-01')
    const old = await roster('2022-01-10', [EDITOR.replace('专技十级', '专技十一级')])
    assert.deepEqual(await codesOf(old), ['later_facts'])
    assert.lengthOf(await db.from('assignments').where('live', 1), 2)
    await consistent(assert)
  })

  test('contract staff keep the grade that a later roster leaves out', async ({ assert }) => {
    const contract = '李明,519900197105204050,编辑部,编辑,采编,编外聘用,专技十级,'
    const grades = async () => {
      const live = await db.from('assignments').where('live', 1).orderBy('valid_from')
      return live.map((row) => [row.valid_from, row.grade])
    }
    await roster('2022-01-10', [contract])
    clock.freeze('2022-06-30')
    const blank = contract.replace('专技十级', '')
    await roster('2022-06-30', [blank])
    assert.deepEqual(await grades(), [['2022-01-10', 'professional_10']])
    await roster('2022-06-30', [blank.replace('编辑部', '采访部')])
    assert.deepEqual(await grades(), [
      ['2022-01-10', 'professional_10'],
      ['2022-06-30', 'professional_10'],
    ])
  })

  test('a later roster ends the grant of an assignment it ends; one that a grant is bound to stays', async ({
    assert,
  }) => {
    await roster('2022-01-10', [EDITOR])
    const [person] = await db.from('persons')
    const user = await givenUser({ personId: Number(person.id) })
    const propose = async () =>
      proposeGrant(
        {
          userId: user.id,
          role: 'auditor',
          scope: 'all',
          validFrom: clock.today(),
          validTo: null,
          reason: '测试',
        },
        await givenActor({ role: 'security_admin' })
      )
    await propose()
    await db.from('grants').where('user_id', user.id).update({ state: 'active' })
    assert.isTrue((await buildActor(user.id)).hasRole('auditor'))
    clock.freeze('2022-06-30')
    const second = await roster('2022-06-30', [EDITOR.replace('专技十级', '专技九级')])
    assert.isFalse((await buildActor(user.id)).hasRole('auditor'))
    await propose()
    await assert.rejects(() => undo(second), 'imports.errors.roster_in_use')
    assert.equal((await importById(second)).state, 'committed')
    await consistent(assert)
  })

  test('data that somebody corrected since are not overwritten, others are', async ({ assert }) => {
    await roster('2022-01-10', [EDITOR, CLERK])
    clock.freeze('2022-02-01')
    const [editor, clerk] = await db.from('persons').orderBy('id')
    await inTransaction((trx) =>
      revisePerson(
        trx,
        actor,
        Number(editor.id),
        { education: 'postgraduate' },
        {
          version: 1,
          reason: '本人更正',
          documentId: null,
        }
      )
    )
    const other = (row: string) => row.replace(/1991143068/, '1350000000')
    const again = await roster('2022-01-10', [other(EDITOR), other(CLERK)])
    const after = await db.from('persons').orderBy('id')
    assert.equal(after[0].phone_masked, editor.phone_masked)
    assert.notEqual(after[1].phone_masked, clerk.phone_masked)
    assert.deepEqual(await codesOf(again), ['later_facts'])
    const [kept] = await db.from('person_revisions').where('person_id', clerk.id)
    assert.equal(JSON.parse(kept.data).phone_masked, clerk.phone_masked)
    await undo(again)
    const undone = await db.from('persons').where('id', clerk.id).firstOrFail()
    assert.equal(undone.phone_masked, clerk.phone_masked)
  })

  test('a unit that is dissolved takes no roster of a later day', async ({ assert }) => {
    const values = { dissolved_on: '2022-01-01' }
    await db.from('units').where('id', unitId).update(values)
    const refused = () => roster('2022-01-10', [CLERK])
    await assert.rejects(refused, 'imports.errors.incomplete')
    assert.lengthOf(await db.from('persons'), 0)
    assert.lengthOf(await db.from('assignments'), 0)
  })

  test('people who are absent are listed and nobody is ended', async ({ assert }) => {
    await roster('2022-01-10', [EDITOR, CLERK])
    const shorter = await roster('2022-01-10', [EDITOR])
    const [finding] = await db.from('import_findings').where('import_id', shorter)
    assert.deepEqual([finding.code, JSON.parse(finding.params).value], ['absent_person', '张华'])
    assert.lengthOf(await db.from('assignments').whereNull('valid_to'), 2)
  })

  test('more people than vacant seats are refused row by row', async ({ assert }) => {
    await db
      .from('quota_accounts')
      .where({ unit_id: unitId, kind: 'vacant' })
      .update({ balance: 0 })
    await db
      .from('quota_accounts')
      .where({ unit_id: unitId, kind: 'vacant', category: 'support' })
      .update({ balance: 1 })
    const id = await roster('2022-01-10', [EDITOR, CLERK])
    const said = await db.from('import_findings').where('import_id', id)
    assert.deepEqual(
      said.map((row) => [Number(row.row_no), row.level, row.code, row.field]),
      [[3, 'rejected', 'no_vacancy', '编制类型']]
    )
    const [reclassified] = await db.from('quota_movements').where('kind', 'reclassification')
    assert.equal(reclassified.subject_type, 'import')
  })

  test('undo gives back exactly what was there, and is refused once something depends on it', async ({
    assert,
  }) => {
    const before = await state()
    const first = await roster('2022-01-10', [EDITOR, CLERK])
    const between = await state()
    const second = await roster('2022-01-10', [EDITOR.replace('专技十级', '管理八级')])
    await assert.rejects(() => undo(first), 'imports.errors.roster_in_use')
    await undo(second)
    assert.deepEqual(await state(), between)
    await undo(first)
    assert.deepEqual(await state(), before)
    assert.equal((await importById(first)).state, 'undone')
    await consistent(assert)
    const third = await roster('2022-01-10', [EDITOR])
    assert.equal((await importById(third)).totals!.create, 1)
    await consistent(assert)
  })

  test('a person who was merged since, or whose place is in a batch, stops the undo by name', async ({
    assert,
  }) => {
    const tv = await givenUnitWithSeats('广播电视台', {
      management: 5,
      professional: 23,
      support: 2,
    })
    const known = await createPerson({ name: '李明' }, actor)
    const first = await roster('2022-01-10', [EDITOR, CLERK])
    const editor = await db
      .from('persons')
      .whereNot('id', known)
      .where('name', '李明')
      .firstOrFail()
    const merge = { keptId: known, mergedId: Number(editor.id), reason: '同一人' }
    await mergePeople(merge, actor)
    const before = await state()
    const refused = await undo(first).catch((error) => error)
    assert.deepEqual(
      [refused.key, refused.params],
      ['imports.errors.roster_in_use', { names: '李明', count: 1 }]
    )
    assert.deepEqual(await state(), before)

    clock.freeze('2022-06-30')
    const second = await roster('2022-06-30', [CLERK.replace('管理八级', '管理七级')])
    const batch = { title: '划转', documentNo: null, effectiveOn: '2022-07-01', reason: null }
    const batchId = await createBatch(batch, actor)
    const [place] = await db.from('assignments').where({ open_main: 1, grade: 'management_7' })
    await addLinesFromList(
      {
        batchId,
        version: 1,
        toUnitId: tv,
        withQuota: true,
        entries: [{ assignmentId: Number(place.id), postId: null }],
      },
      actor
    )
    const used = await undo(second).catch((error) => error)
    assert.deepEqual(used.params, { names: '张华', count: 1 })
    assert.lengthOf(await db.from('transfer_lines'), 1)
  })

  test('somebody who came on record since the dry run stops the commit, by name', async ({
    assert,
  }) => {
    const id = await roster('2022-01-10', [EDITOR, CLERK], unitId, dryRun)
    await roster('2022-01-10', [CLERK])
    const { version } = await importById(id)
    await commitImport({ id, version, confirmed: true, queue: false }, actor)
    await assert.rejects(() => writeImport(id, actor), 'imports.errors.changed_since_check')
    const refused = await importById(id)
    assert.deepEqual([refused.state, refused.error!.params], ['checked', { name: '张华' }])
    assert.lengthOf(await db.from('persons'), 1)
    await consistent(assert)
  })

  test('units, posts and quotas can be undone in the opposite order', async ({ assert }) => {
    await emptyDatabase()
    const [units, ...others] = await importOrganization()
    unitId = Number((await db.from('units').where('name', '报社').firstOrFail()).id)
    await assert.rejects(() => undo(units), 'imports.errors.unit_in_use')
    for (const id of others.reverse()) await undo(id)
    for (const table of ['posts', 'departments', 'quota_targets']) {
      assert.lengthOf(await db.from(table), 0, table)
    }
    const balances = await db.from('quota_accounts').whereNot('balance', 0)
    assert.deepEqual(balances, [])
    await undo(units)
    assert.lengthOf(await db.from('units'), 0)
    await importOrganization()
    unitId = Number((await db.from('units').where('name', '报社').firstOrFail()).id)
    assert.deepEqual(await seats(), { professional: [0, 36], management: [0, 6], support: [0, 3] })
  })

  test('the decision on a held row moves the person and the seat, or leaves both', async ({
    assert,
  }) => {
    const station = { management: 5, professional: 23, support: 2 }
    const tv = await givenUnitWithSeats('广播电视台', station)
    await roster('2022-01-10', [EDITOR], tv)
    await roster('2022-01-10', [EDITOR.replace('编辑部', '总编办'), CLERK])
    const held = await db.from('decisions').where('kind', 'held').firstOrFail()
    await decideToKeep(Number(held.id))
    const person = await db.from('persons').where('name', '李明').firstOrFail()
    const live = await db.from('assignments').where({ person_id: person.id, live: 1 })
    assert.deepEqual(
      live.map((row) => [Number(row.unit_id), row.valid_from, row.valid_to]),
      [[unitId, '2022-01-10', null]]
    )
    assert.deepEqual(await seats(), { professional: [1, 35], management: [1, 5], support: [0, 3] })
    await consistent(assert)
    const again = await roster('2022-01-10', [EDITOR.replace('编辑部', '总编办'), CLERK])
    assert.equal((await importById(again)).totals!.same, 2)
    const elsewhere = await roster('2022-01-10', [EDITOR], tv)
    assert.deepEqual(await codesOf(elsewhere), ['decided_before'])
  })

  test('a question stays one when the person is corrected or merged; decided it is not asked again', async ({
    assert,
  }) => {
    const tv = await givenUnitWithSeats('广播电视台', {
      management: 5,
      professional: 23,
      support: 2,
    })
    await roster('2022-01-10', [EDITOR], tv)
    await roster('2022-01-10', [EDITOR])
    await roster('2022-01-10', [EDITOR.replace('编辑部,编辑', '采访部,记者')], tv)
    const editor = await db.from('persons').where('name', '李明').firstOrFail()
    const kept = await createPerson({ name: '李明' }, actor)
    await mergePeople({ keptId: kept, mergedId: Number(editor.id), reason: '同一人' }, actor)
    const open = await roster('2022-01-10', [EDITOR])
    assert.deepEqual(await codesOf(open), ['claimed_by_two_units'])
    const [held, ...others] = await db.from('decisions').where('kind', 'held')
    assert.lengthOf(others, 0)

    await decideToKeep(Number(held.id))
    const live = await db.from('assignments').where({ person_id: kept, live: 1 })
    assert.deepEqual(
      live.map((row) => [Number(row.unit_id), row.valid_from, row.valid_to]),
      [[unitId, '2022-01-10', null]]
    )
    assert.deepEqual(await seats(), { professional: [1, 35], management: [0, 6], support: [0, 3] })
    await consistent(assert)
    assert.deepEqual(await codesOf(await roster('2022-01-10', [EDITOR], tv)), ['decided_before'])
  })

  async function decideToKeep(decisionId: number) {
    const proposer = await givenActor({ role: 'hr_head' })
    const decider = await givenActor({ role: 'leadership' })
    const fields = { choice: `keep:${unitId}` }
    const input = { decisionId, version: 1, fields, documentId: await givenDocument() }
    await proposeDecision({ ...input, effectiveOn: null, reason: null }, proposer)
    const { version } = await decisionById(decisionId)
    await decide({ decisionId, version }, decider)
  }

  /** A roster of the unit as a small CSV file, imported. */
  async function roster(asOf: string, rows: string[], unit = unitId, run = runImport) {
    const folder = await mkdtemp(join(tmpdir(), 'roster-'))
    const path = join(folder, 'roster.csv')
    await writeFile(path, [HEADER, ...rows].join('\n'))
    try {
      const answers = { unit: String(unit) }
      const file = { path, fileName: '花名册.csv', definition: 'roster' }
      return await run({ ...file, asOf, answers, actor, confirm: true })
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  async function dryRun(input: RunInput): Promise<number> {
    const id = await confirmFile(input)
    await checkImport(id)
    return id
  }

  async function undo(id: number) {
    const { version } = await importById(id)
    await undoImport({ id, version }, actor)
  }

  async function codesOf(importId: number): Promise<string[]> {
    const rows = await db.from('import_findings').where('import_id', importId).orderBy('id')
    return rows.map(({ code }) => code)
  }

  /** category → [filled, vacant] of the newspaper's partly funded seats. */
  async function seats() {
    const rows = await quotaBalances({ unitIds: [unitId] })
    return Object.fromEntries(
      rows.map(({ category, filled, vacant }) => [category, [filled, vacant]])
    )
  }

  /** People, assignments, places and balances, without ids that count on. */
  async function state() {
    const assignments = await db.from('assignments').select('person_id', 'live', 'grade', 'unit_id')
    return {
      persons: (await db.from('persons').select('identity_digest')).map((row) => row),
      assignments,
      departments: await db.from('departments').orderBy('id').select('name'),
      posts: await db.from('posts').orderBy('id').select('name'),
      seats: await seats(),
    }
  }

  async function consistent(assert: any) {
    const results = await dbChecksPort.run()
    assert.deepEqual(
      results.flatMap(({ findings }) => findings),
      []
    )
  }
})
