import { test } from '@japa/runner'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decide } from '#decisions/actions/decide'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { decisionById } from '#decisions/queries/decisions'
import { checkImport } from '#imports/actions/check_import'
import { commitImport, writeImport } from '#imports/actions/commit_import'
import { confirmImport } from '#imports/actions/confirm_import'
import { confirmFile, runImport } from '#imports/actions/run_import'
import { importById } from '#imports/queries/import_row'
import { createPerson } from '#people/actions/create_person'
import { mergePeople } from '#people/actions/merge_people'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, rowsOf } from '#tests/support/givens'
import { TODAY } from './givens.js'

const system = Actor.system('test')
const IDENTITY = '11010519491231002X'
const HEADER = '姓名,身份证号码,薪级,养老医疗缴费基数(元),公积金基数(元)'
const row = (step: number) => `王芳,${IDENTITY},${step},8500,4500`

async function sheet(rows: string[], run = runImport) {
  const folder = await mkdtemp(join(tmpdir(), 'bases-'))
  const path = join(folder, 'bases.csv')
  await writeFile(path, [HEADER, ...rows].join('\n'))
  const file = { definition: 'wage_base', path, fileName: '工资基础.csv', actor: system }
  return run({ ...file, asOf: '2022-07-01', confirm: true }).finally(() =>
    rm(folder, { recursive: true })
  )
}

async function keep(decisionId: number) {
  const fields = { choice: 'keep' }
  const input = { decisionId, version: 1, fields, documentId: await givenDocument() }
  const hr = await givenActor({ role: 'hr_officer' })
  await proposeDecision({ ...input, effectiveOn: null, reason: null }, hr)
  const { version } = await decisionById(decisionId)
  await decide({ decisionId, version }, await givenActor({ role: 'hr_head' }))
}

const bases = async () => {
  const live = await rowsOf('wage_bases', { live: 1 })
  return live.map((base) => [Number(base.person_id), Number(base.step)])
}

test.group('Wage bases of somebody who was merged', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  async function givenTwo() {
    const keptId = await createPerson({ name: '王芳' }, system)
    const mergedId = await createPerson({ name: '王芳', identityNo: IDENTITY }, system)
    return { keptId, mergedId, reason: '重复登记' }
  }

  test('a second row that is kept after the merge is the base of the record that stays', async ({
    assert,
  }) => {
    const both = await givenTwo()
    await sheet([row(12), row(30)])
    assert.deepEqual(await bases(), [[both.mergedId, 12]])
    await mergePeople(both, system)
    const [held] = await rowsOf('decisions', { subject_type: 'wage_base' })
    await keep(Number(held.id))
    assert.deepEqual(await bases(), [[both.keptId, 30]])
  })

  test('a merge between check and commit sends the import back by name', async ({ assert }) => {
    const both = await givenTwo()
    const id = await sheet([row(12)], confirmFile)
    await checkImport(id)
    await mergePeople(both, system)
    const commit = async () => {
      const { version } = await importById(id)
      await commitImport({ id, version, confirmed: true, queue: false }, system)
      await writeImport(id, system)
    }
    const refused: any = await commit().catch((error) => error)
    assert.equal(refused.key, 'imports.errors.changed_since_check')
    assert.deepEqual(refused.params, { name: '王芳' })
    assert.deepEqual(await bases(), [])
    const { version } = await importById(id)
    const again = { id, version, asOf: '2022-07-01', answers: {}, queue: false }
    await confirmImport(again, system)
    await checkImport(id)
    await commit()
    assert.deepEqual(await bases(), [[both.keptId, 12]])
  })
})
