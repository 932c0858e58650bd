import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { checkImport } from '#imports/actions/check_import'
import { commitImport, writeImport } from '#imports/actions/commit_import'
import { confirmImport } from '#imports/actions/confirm_import'
import { undoImport } from '#imports/actions/undo_import'
import { uploadImport } from '#imports/actions/upload_import'
import { importById } from '#imports/queries/import_row'
import { mergePeople } from '#people/actions/merge_people'
import { identityColumns } from '#people/actions/person_columns'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { dbChecksPort } from '#shared/ports/db_checks'
import { emptyDatabase } from '#tests/support/database'
import { givenPerson, rowsOf } from '#tests/support/givens'
import { overtaking } from '#tests/support/overtaking'
import { together } from '#tests/support/together'
import { givenUnitWithSeats } from './samples.js'

const HEADER = '姓名,身份证号码,所在部门,现岗位,岗位性质,编制类型,岗位等级,联系电话'
const EDITOR = '李明,519900197105204050,编辑部,编辑,采编,差额拨款,专技十级,19911430680'
const CLERK = '张华,519900198807125036,办公室,会计,行政,差额拨款,管理八级,19911430681'
const AS_OF = '2022-01-10'
const actor = Actor.system('tests')

test.group('Rosters, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(AS_OF)
    return () => clock.release()
  })

  test('one import committed by two and checked anew at once: one of them goes on', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const id = await givenChecked(unitId, [EDITOR, CLERK])
    const { version } = await importById(id)
    const commit = () => commitImport({ id, version, confirmed: true, queue: false }, actor)
    const again = () => confirmImport({ ...answersOf(unitId), id, version, queue: false }, actor)
    const refusals = await together([commit, again, commit])
    assert.deepEqual(refusals, ['shared.errors.move', 'shared.errors.move'])
  })

  test('one import written and taken back by two at once: everything once', async ({ assert }) => {
    const unitId = await givenUnit()
    const id = await givenChecked(unitId, [EDITOR, CLERK])
    await start(id)
    const written = await together([1, 2].map(() => () => writeImport(id, actor)))
    assert.deepEqual(written, ['shared.errors.move'])
    assert.lengthOf(await rowsOf('assignments'), 2)
    const { version, state } = await importById(id)
    assert.equal(state, 'committed')
    const undone = await together([1, 2].map(() => () => undoImport({ id, version }, actor)))
    assert.deepEqual(undone, ['shared.errors.move'])
    assert.lengthOf(await rowsOf('persons'), 0)
    for (const { name, findings } of await dbChecksPort.run()) assert.deepEqual(findings, [], name)
  })

  test('two rosters with the same new people written at once: they come once, the other is checked anew', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const ids = [
      await givenChecked(unitId, [EDITOR, CLERK]),
      await givenChecked(unitId, [CLERK, EDITOR]),
    ]
    for (const id of ids) await start(id)
    const refusals = await together(ids.map((id) => () => writeImport(id, actor)))
    assert.deepEqual(refusals, ['imports.errors.changed_since_check'])
    const states = await Promise.all(ids.map(async (id) => (await importById(id)).state))
    assert.sameMembers(states, ['committed', 'checked'])
    await assertOnce(assert)
  })

  test('two rosters of one unit with the same new places: each place is there once', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const ids = [
      await givenChecked(unitId, [EDITOR]),
      await givenChecked(unitId, [CLERK.replace('办公室,会计,行政', '编辑部,编辑,采编')]),
    ]
    for (const id of ids) await start(id)
    const refusals = await together(ids.map((id) => () => writeImport(id, actor)))
    assert.deepEqual(refusals, [])
    assert.lengthOf(await rowsOf('departments'), 1)
    assert.lengthOf(await rowsOf('posts'), 1)
    await assertOnce(assert)
  })

  test('somebody on record whom two units have on their rosters at once comes to one', async ({
    assert,
  }) => {
    const units = [await givenUnit(), await givenUnit('广播电视台')]
    await givenPerson({ name: '李明', ...identityColumns(EDITOR.split(',')[1]) })
    const ids = []
    for (const unitId of units) ids.push(await givenChecked(unitId, [EDITOR]))
    for (const id of ids) await start(id)
    const refusals = await together(ids.map((id) => () => writeImport(id, actor)))
    assert.deepEqual(refusals, ['imports.errors.changed_since_check'])
    assert.lengthOf(await rowsOf('assignments', { open_main: 1 }), 1)
    for (const { name, findings } of await dbChecksPort.run()) assert.deepEqual(findings, [], name)
  })

  test('a roster that is written while one of its people is merged is checked anew', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const keptId = await givenPerson({ name: '李明' })
    const known = identityColumns(EDITOR.split(',')[1])
    const mergedId = await givenPerson({ name: '李明', ...known })
    const id = await givenChecked(unitId, [EDITOR])
    await start(id)
    const refusals = await overtaking(
      (trx) => mergePeople({ keptId, mergedId, reason: '同一人' }, actor, trx),
      () => writeImport(id, actor)
    )
    assert.deepEqual(refusals, ['imports.errors.changed_since_check'])
    assert.lengthOf(await rowsOf('assignments'), 0)
  })

  async function assertOnce(assert: any) {
    assert.lengthOf(await rowsOf('persons'), 2)
    assert.lengthOf(await rowsOf('assignments'), 2)
    for (const { name, findings } of await dbChecksPort.run()) assert.deepEqual(findings, [], name)
  }
})

const givenUnit = (name = '报社') =>
  givenUnitWithSeats(name, { management: 6, professional: 36, support: 3 })

const answersOf = (unitId: number) => ({ asOf: AS_OF, answers: { unit: String(unitId) } })

async function givenChecked(unitId: number, rows: string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'roster-'))
  try {
    const path = join(folder, 'roster.csv')
    await writeFile(path, [HEADER, ...rows].join('\n'))
    const id = await uploadImport({ definition: 'roster', path, fileName: 'roster.csv' }, actor)
    const { version } = await importById(id)
    await confirmImport({ ...answersOf(unitId), id, version, queue: false }, actor)
    await checkImport(id)
    return id
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function start(id: number) {
  const { version } = await importById(id)
  await commitImport({ id, version, confirmed: true, queue: false }, actor)
}
