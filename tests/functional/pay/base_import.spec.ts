import { test } from '@japa/runner'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkImport } from '#imports/actions/check_import'
import { commitImport, writeImport } from '#imports/actions/commit_import'
import { confirmFile, runImport } from '#imports/actions/run_import'
import { importById } from '#imports/queries/import_row'
import { saveWageBase, type WageBaseInput } from '#pay/actions/wage_base'
import { wageBasesOn } from '#pay/queries/wage_bases'
import { createPerson } from '#people/actions/create_person'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { unseal } from '#shared/crypto'
import type { Trx } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { overtaking } from '#tests/support/overtaking'
import { TODAY } from './givens.js'

const system = Actor.system('test')
const IDENTITY = '11010519491231002X'
const ACCOUNT = '6222020000001234567'
const AS_OF = '2022-07-01'

/** A workbook of one person whose columns are those that are given. */
async function sheet(columns: Record<string, string>, run = runImport) {
  const folder = await mkdtemp(join(tmpdir(), 'bases-'))
  const path = join(folder, 'bases.csv')
  const all = { 姓名: '王芳', 身份证号码: IDENTITY, ...columns }
  await writeFile(path, [Object.keys(all), Object.values(all)].map(String).join('\n'))
  const file = { definition: 'wage_base', path, fileName: '工资基础.csv', actor: system }
  return run({ ...file, asOf: AS_OF, confirm: true }).finally(() => rm(folder, { recursive: true }))
}

async function commit(id: number) {
  const { version } = await importById(id)
  await commitImport({ id, version, confirmed: true, queue: false }, system)
  await writeImport(id, system)
}

/** By hand: a leader with everything that a base can say. */
async function givenBase(personId: number, input: Partial<WageBaseInput> = {}, trx?: Trx) {
  const base: WageBaseInput = {
    personId,
    validFrom: '2022-01-01',
    step: 12,
    pensionBaseFen: 850_000,
    housingBaseFen: 450_000,
    allowanceFen: 65_000,
    additionalFen: 200_000,
    leader: true,
    deductionWay: 'monthly',
    bonusApart: true,
    account: ACCOUNT,
    reason: '核定',
    basedOn: null,
    ...input,
  }
  return saveWageBase(base, system, trx)
}

async function baseOf(personId: number) {
  const base = (await wageBasesOn([personId], AS_OF)).get(personId)!
  const { step, pensionBaseFen, allowanceFen, additionalFen, leader, accountSealed } = base
  const account = accountSealed && unseal(accountSealed, 'account')
  return { step, pensionBaseFen, allowanceFen, additionalFen, leader, account }
}

test.group('Wage bases from a workbook', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  const person = () => createPerson({ name: '王芳', identityNo: IDENTITY }, system)

  test('what the sheet has no column for stays as it was', async ({ assert }) => {
    const personId = await person()
    await givenBase(personId)
    await sheet({ '养老医疗缴费基数(元)': '9000' })
    assert.deepEqual(await baseOf(personId), {
      step: 12,
      pensionBaseFen: 900_000,
      allowanceFen: 65_000,
      additionalFen: 200_000,
      leader: true,
      account: ACCOUNT,
    })
  })

  test('an empty cell says that there is none; an empty account keeps the one there', async ({
    assert,
  }) => {
    const personId = await person()
    await givenBase(personId)
    await sheet({ '薪级': '13', '津贴补贴(元/月)': '', '领导岗位': '', '银行账号': '' })
    assert.deepEqual(await baseOf(personId), {
      step: 13,
      pensionBaseFen: 850_000,
      allowanceFen: null,
      additionalFen: 200_000,
      leader: false,
      account: ACCOUNT,
    })
  })

  test('a base that is entered after the check is not written over: the import goes back', async ({
    assert,
  }) => {
    const personId = await person()
    const id = await sheet({ 薪级: '13' }, confirmFile)
    await checkImport(id)
    await givenBase(personId)
    const refused: any = await commit(id).catch((error) => error)
    assert.equal(refused.key, 'imports.errors.changed_since_check')
    assert.deepEqual(refused.params, { name: '王芳' })
    assert.equal((await baseOf(personId)).step, 12)
  })

  test('nor one that is being entered at that moment', async ({ assert }) => {
    const personId = await person()
    const id = await sheet({ 薪级: '13' }, confirmFile)
    await checkImport(id)
    const refusals = await overtaking(
      (trx) => givenBase(personId, { validFrom: AS_OF }, trx),
      () => commit(id)
    )
    assert.deepEqual(refusals, ['imports.errors.changed_since_check'])
    assert.equal((await baseOf(personId)).step, 12)
  })
})
