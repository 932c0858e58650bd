import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import type User from '#accounts/models/user'
import { buildActor } from '#accounts/queries/build_actor'
import { runImport } from '#imports/actions/run_import'
import { undoImport } from '#imports/actions/undo_import'
import { importById } from '#imports/queries/import_row'
import { correctPerson } from '#people/actions/correct_person'
import { historyOfPerson } from '#people/queries/person_history'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { givenUnitWithSeats } from '#tests/functional/imports/samples'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenUnit, givenUser, rowsOf } from '#tests/support/givens'

const HEADER = '姓名,身份证号码,所在部门,现岗位,岗位性质,编制类型,岗位等级,联系电话'
const EDITOR = '李明,519900197105204050,编辑部,编辑,采编,差额拨款,专技十级,19911430680'
const CLERK = '张华,519900198807125036,办公室,会计,行政,差额拨款,管理八级,19911430681'
const system = Actor.system('tests')

test.group('The history of a person who came by a roster', (group) => {
  let unitId = 0

  group.each.setup(async () => {
    await emptyDatabase()
    clock.freeze('2022-01-10')
    unitId = await givenUnitWithSeats('报社', { management: 6, professional: 36, support: 3 })
    return () => clock.release()
  })

  async function roster(asOf: string, fileName: string, rows: string[]): Promise<number> {
    const officer = await givenUser({ role: 'hr_officer', unitId, row: { name: '经办人' } })
    const actor = await buildActor(officer.id)
    const folder = await mkdtemp(join(tmpdir(), 'roster-'))
    try {
      const path = join(folder, 'roster.csv')
      await writeFile(path, [HEADER, ...rows].join('\n'))
      const answers = { unit: String(unitId) }
      const input = { definition: 'roster', path, fileName, asOf, answers, actor }
      return await runImport({ ...input, confirm: true })
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  const short = async (personId: number) =>
    (await historyOfPerson(personId, system)).map(({ action, source, at, actor }) => [
      action.replace('people.person.', ''),
      source?.name,
      at.slice(0, 10),
      actor,
    ])

  test('names each import once, between the other events', async ({ assert }) => {
    await roster('2022-01-10', '一月.csv', [EDITOR, CLERK])
    const [{ id: personId }, { id: other }] = await rowsOf('persons')
    clock.freeze('2022-03-01')
    const values = { name: '李明', sex: 'male', birthOn: '1971-05-20', remark: '档案齐全' } as const
    await correctPerson(
      { personId, version: 1, values, reason: '档案核对', documentNo: null },
      system
    )
    clock.freeze('2022-06-30')
    const second = await roster('2022-06-30', '六月.csv', [EDITOR.replace('十级', '九级'), CLERK])
    assert.lengthOf(await rowsOf('assignments', { person_id: personId, source_id: second }), 2)
    const first = ['import', '一月.csv', '2022-01-10', '经办人']
    assert.deepEqual(await short(personId), [
      ['import', '六月.csv', '2022-06-30', '经办人'],
      ['corrected', undefined, '2022-03-01', 'tests'],
      first,
    ])
    assert.deepEqual(await short(other), [first])
    assert.lengthOf(await rowsOf('audit_events', { subject_type: 'person', subject_id: other }), 0)

    const { version } = await importById(second)
    await undoImport({ id: second, version }, system)
    assert.notInclude((await short(personId)).flat(), '六月.csv')
  })

  test('leads to the import only who may see it', async ({ assert, client }) => {
    const importId = await roster('2022-01-10', '<b>名册</b>.csv', [EDITOR])
    const [{ id: personId }] = await rowsOf('persons')
    clock.freeze('2022-07-01')
    const elsewhere = await givenUnit()
    await rowsOf('assignments').update({ valid_to: '2022-06-01' })
    await givenAssignment(personId, elsewhere, { valid_from: '2022-06-01' })
    const link = `href="/imports/${importId}"`
    const pageOf = async (user: User, locale = 'zh-CN') => {
      const page = await client
        .get(`/people/persons/${personId}`)
        .loginAs(user)
        .withPlainCookie('locale', locale)
      page.assertStatus(200)
      assert.include(page.text(), '&lt;b&gt;名册&lt;/b&gt;.csv')
      assert.include(page.text(), '经办人')
      return page.text()
    }
    const overall = await givenUser({ role: 'hr_head' })
    assert.include(await pageOf(overall), link)
    assert.include(await pageOf(overall), '导入写入了任职记录')
    assert.include(await pageOf(overall, 'en'), 'Wrote employment records by an import')
    // The person's new unit has no share in the import of the former one.
    const unitHead = await givenUser({ role: 'hr_head', unitId: elsewhere })
    for (const user of [unitHead, await givenUser({ personId })]) {
      assert.notInclude(await pageOf(user), link)
      const refused = await client.get(`/imports/${importId}`).loginAs(user)
      refused.assertStatus(403)
    }
  })
})
