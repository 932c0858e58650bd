import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import db from '@adonisjs/lucid/services/db'
import { drainJobs } from '#shared/jobs/queue'
import { importById } from '#imports/queries/import_row'
import { checkImport } from '#imports/actions/check_import'
import { commitImport, writeImport } from '#imports/actions/commit_import'
import { confirmFile, runImport } from '#imports/actions/run_import'
import { undoImport } from '#imports/actions/undo_import'
import { checkDigit } from '#people/domain/identity_no'
import { createPerson } from '#people/actions/create_person'
import { checkBatch } from '#transfers/actions/check_batch'
import { batchById, preparersOf } from '#transfers/queries/batches'
import { linesOf } from '#transfers/queries/lines'
import '#tests/support/workbooks'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenAssignment, givenUser, rowsOf } from '#tests/support/givens'
import {
  checkAndSubmit,
  givenBatch,
  givenCity,
  givenPost,
  givenSeats,
  givenStaff,
  TODAY,
  versionOf,
} from './givens.js'

const IDENTITY = `51990019850505405${checkDigit('51990019850505405')}`
const WRONG = IDENTITY.slice(0, 17) + (IDENTITY.endsWith('1') ? '2' : '1')
const HEADER = '序号,姓名,身份证号,原单位,划转方式,划入单位,划入部门,划入岗位'
const SEATS_HEADER = '序号,原单位,划入单位,经费形式,编制类别,空编数'

async function importLines(rows: string[], batchId: number, actor: Actor, unit?: number) {
  const folder = await mkdtemp(join(tmpdir(), 'lines-'))
  const path = join(folder, '划转名册.csv')
  await writeFile(path, rows.join('\n'))
  const answers = { batch: String(batchId), ...(unit && { unit: String(unit) }) }
  const file = { definition: 'transfer_lines', path, fileName: '划转名册.csv', asOf: TODAY }
  try {
    return await runImport({ ...file, answers, actor, confirm: true })
  } finally {
    await rm(folder, { recursive: true })
  }
}

const findingsOf = async (importId: number) => {
  const rows = await rowsOf('import_findings', { import_id: importId })
  return rows.map((row) => [Number(row.row_no) % 100_000, row.level, row.code, row.field])
}

const keyOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error.key ?? error.code
  )

test.group('Lines of a batch from an import', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  async function given() {
    const city = await givenCity()
    const officer = await givenActor({ role: 'hr_officer' })
    await givenStaff(city.tv, { post_id: city.editor }, { name: '李四' })
    const personId = await createPerson({ name: '王五', identityNo: IDENTITY }, officer)
    await givenAssignment(personId, city.paper, {
      employment_type: 'establishment',
      funding_type: 'full',
      grade: 'professional_10',
      quota_category: 'professional',
    })
    await givenSeats(city.paper, 1, { account: 'filled' })
    await givenStaff(city.tv, {}, { name: '王五' })
    const contract = { employment_type: 'contract', funding_type: null, grade: null }
    await givenStaff(city.tv, { ...contract, quota_category: null }, { name: '赵六' })
    await givenSeats(city.tv, 2)
    return { city, officer, batchId: await givenBatch(officer) }
  }

  const facts = async (batchId: number) =>
    (await linesOf(batchId)).map((line) => [
      line.kind,
      line.fromUnitId,
      line.toUnitId,
      line.toPostId,
      line.quantity,
    ])

  test('people by name and number with unit, department and post, what is unclear is told', async ({
    assert,
  }) => {
    const { city, officer, batchId } = await given()
    const post = await db.from('posts').where('id', city.centrePost).firstOrFail()
    const department = await db.from('departments').where('id', post.department_id).firstOrFail()
    const importId = await importLines(
      [
        HEADER,
        '1,李四,,市广播电视台,连人带编,市融媒体中心,,',
        `2,王五,${IDENTITY},市报社,,市融媒体中心,${department.name},E03`,
        '3,赵六,,,连人带编,市融媒体中心,,',
        '4,王五,,,,市融媒体中心,,',
        '5,钱七,,,,市融媒体中心,,',
        `6,王五,${IDENTITY},市报社,,市融媒体中心,,`,
        '7,赵六,,市报社,,市融媒体中心,,',
        '8,赵六,,,,没有的单位,,',
        '9,赵六,,,,市融媒体中心,没有的部门,',
        '10,赵六,,,,市融媒体中心,,没有的岗位',
        '11,赵六,,,,市广播电视台,,',
        `12,王五,${WRONG},,,市融媒体中心,,`,
      ],
      batchId,
      officer
    )
    assert.deepEqual(await findingsOf(importId), [
      [4, 'rejected', 'transfer_no_seat', '划转方式'],
      [5, 'rejected', 'transfer_ambiguous_person', '姓名'],
      [6, 'rejected', 'transfer_unknown_person', '姓名'],
      [7, 'rejected', 'repeated', '姓名'],
      [8, 'rejected', 'transfer_other_unit', '原单位'],
      [9, 'rejected', 'unknown_unit', '划入单位'],
      [10, 'rejected', 'transfer_unknown_department', '划入部门'],
      [11, 'rejected', 'transfer_unknown_post', '划入岗位'],
      [12, 'rejected', 'transfer_same_unit', '划入单位'],
      [13, 'rejected', 'identity_check_digit', '身份证号'],
    ])
    assert.deepEqual(await facts(batchId), [
      ['person_with_quota', city.tv, city.centre, city.centrePost, 1],
      ['person_with_quota', city.paper, city.centre, city.centrePost, 1],
    ])
    const kept = [await rowsOf('import_rows'), await rowsOf('import_findings')]
    assert.notInclude(JSON.stringify(kept), IDENTITY)
    const checked = await checkBatch({ batchId, version: await versionOf(batchId) }, officer)
    assert.isTrue(checked.passed)
    assert.isTrue((await preparersOf(await batchById(batchId))).has(officer.userId!))
  })

  test('people without their seat and vacant seats; again adds nothing and changes what differs', async ({
    assert,
  }) => {
    const { city, officer, batchId } = await given()
    const seats = '1,市广播电视台,市融媒体中心,全额拨款,专业技术,'
    await importLines([SEATS_HEADER, `${seats}2`], batchId, officer)
    const people = ['1,李四,,,只转人员,市融媒体中心,,', '2,赵六,,,,市融媒体中心,,']
    await importLines([HEADER, ...people], batchId, officer)
    const expected = [
      ['quota_only', city.tv, city.centre, null, 2],
      ['person_without_quota', city.tv, city.centre, city.centrePost, 1],
      ['person_without_quota', city.tv, city.centre, null, 1],
    ]
    assert.deepEqual(await facts(batchId), expected)

    await checkBatch({ batchId, version: await versionOf(batchId) }, officer)
    const version = await versionOf(batchId)
    const again = await importLines([HEADER, ...people], batchId, officer)
    assert.deepInclude((await importById(again)).totals!, { create: 0, update: 0, same: 2 })
    assert.equal(await versionOf(batchId), version)

    await importLines([SEATS_HEADER, `${seats}1`], batchId, officer)
    const changed = await importLines(
      [HEADER, people[0].replace('只转人员', '连人带编')],
      batchId,
      officer
    )
    assert.deepEqual(await facts(batchId), [
      ['quota_only', city.tv, city.centre, null, 1],
      ['person_with_quota', city.tv, city.centre, city.centrePost, 1],
      expected[2],
    ])
    assert.equal((await batchById(batchId)).state, 'draft')
    await undoImport({ id: changed, version: (await importById(changed)).version }, officer)
    assert.deepEqual((await facts(batchId))[1], expected[1])
  })

  test('undone, its lines are gone; a batch under way keeps them', async ({ assert }) => {
    const { officer, batchId } = await given()
    const rows = [HEADER, '1,李四,,,,市融媒体中心,,']
    const undo = async (id: number) =>
      undoImport({ id, version: (await importById(id)).version }, officer)
    const first = await importLines(rows, batchId, officer)
    await undo(first)
    assert.lengthOf(await linesOf(batchId), 0)

    const second = await importLines(rows, batchId, officer)
    const result = await checkAndSubmit(batchId, officer)
    assert.isTrue(result.passed)
    assert.equal(await keyOf(undo(second)), 'transfers.errors.import_batch_closed')
    assert.lengthOf(await linesOf(batchId), 1)
    assert.equal(await keyOf(importLines(rows, batchId, officer)), 'imports.errors.incomplete')
  })

  test('an officer of one unit finds and moves its people alone', async ({ assert }) => {
    const { city, officer, batchId } = await given()
    const own = await givenActor({ role: 'hr_officer', unitId: city.tv })
    const rows = [HEADER, '1,李四,,,,市融媒体中心,,', `2,王五,${IDENTITY},,,市融媒体中心,,`]
    assert.equal(await keyOf(importLines(rows, batchId, own)), 'imports.errors.incomplete')
    const ownBatch = await givenBatch(own)
    assert.equal(
      await keyOf(importLines(rows, ownBatch, own, city.paper)),
      'imports.errors.incomplete'
    )
    const importId = await importLines(rows, ownBatch, own, city.tv)
    assert.deepEqual(await findingsOf(importId), [
      [3, 'rejected', 'transfer_unknown_person', '姓名'],
    ])
    assert.deepEqual(
      (await linesOf(ownBatch)).map(({ fromUnitId }) => fromUnitId),
      [city.tv]
    )
    // A batch that takes from another unit since the dry run is no longer the officer's own.
    const folder = await mkdtemp(join(tmpdir(), 'lines-'))
    const path = join(folder, 'a.csv')
    await writeFile(path, [HEADER, '1,赵六,,,,市融媒体中心,,'].join('\n'))
    const answers = { batch: String(ownBatch), unit: String(city.tv) }
    const file = { definition: 'transfer_lines', path, fileName: 'a.csv', asOf: TODAY }
    const id = await confirmFile({ ...file, answers, actor: own, confirm: true })
    await rm(folder, { recursive: true })
    await checkImport(id)
    await importLines([HEADER, `1,王五,${IDENTITY},,,市融媒体中心,,`], ownBatch, officer)
    const { version } = await importById(id)
    await commitImport({ id, version, confirmed: false, queue: false }, own)
    assert.equal(await keyOf(writeImport(id, own)), 'transfers.errors.import_not_allowed')
    assert.lengthOf(await linesOf(ownBatch), 2)
  })

  test('the roster that a batch prints comes back as its own lines, by the pages', async ({
    client,
    assert,
  }) => {
    const { city, batchId } = await given()
    const user = await givenUser({ role: 'hr_officer' })
    const batch = await batchById(batchId)
    await givenPost(city.centre, { name: '编导', code: 'E09' })
    const actor = Actor.system('test')
    await importLines([HEADER, '1,李四,,,,市融媒体中心,,E09'], batchId, actor)
    await importLines([SEATS_HEADER, '1,市广播电视台,市融媒体中心,全额,专技,1'], batchId, actor)
    const before = await facts(batchId)
    const paper = await client.get(`/transfers/batches/${batchId}/papers/roster/xlsx`).loginAs(user)
    const folder = await mkdtemp(join(tmpdir(), 'lines-'))
    const path = join(folder, '划转名册.xlsx')
    await writeFile(path, paper.body() as Buffer)
    const send = (url: string) => client.post(url).loginAs(user).withCsrfToken().redirects(0)
    const add = await client.get(`/transfers/batches/${batchId}/lines/create`).loginAs(user)
    assert.include(add.text(), '/imports/create?definition=transfer_lines')
    await send('/imports').field('definition', 'transfer_lines').file('file', path)
    await rm(folder, { recursive: true })
    const { id } = await db.from('imports').orderBy('id', 'desc').firstOrFail()
    const mapping = await client.get(`/imports/${id}/mapping`).loginAs(user)
    assert.include(mapping.text(), `${batch.number} ${batch.title}`)
    const columns = (await importById(Number(id))).sheets.flatMap(({ key, columns: own }) =>
      Object.entries(own).map(([name, at]) => [`column_${key}_${name}`, String(at)])
    )
    const form = {
      version: 1,
      as_of: TODAY,
      answer_batch: batchId,
      ...Object.fromEntries(columns),
    }
    await send(`/imports/${id}/mapping`).form(form)
    await drainJobs()
    const { totals, state } = await importById(Number(id))
    assert.equal(state, 'checked')
    assert.deepInclude(totals!, { create: 0, update: 0, same: 2, rejected: 0 })
    assert.deepEqual(await facts(batchId), before)
  })
})
