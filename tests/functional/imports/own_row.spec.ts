import { test } from '@japa/runner'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildActor } from '#accounts/queries/build_actor'
import { checkImport } from '#imports/actions/check_import'
import { commitImport, commitJob } from '#imports/actions/commit_import'
import { confirmFile, runImport } from '#imports/actions/run_import'
import { importById } from '#imports/queries/import_row'
import { createPerson } from '#people/actions/create_person'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import db from '@adonisjs/lucid/services/db'
import { emptyDatabase } from '#tests/support/database'
import {
  givenAssignment,
  givenUnit,
  givenUser,
  rowsOf,
  type UserInput,
} from '#tests/support/givens'
import { cardsOf, givenCycle, givenLibrary, givenScheme, TODAY } from '../performance/givens.js'

const NUMBERS = ['11010519491231002X', '53010219200508011X']
const NAMES = ['王芳', '李强']

test.group('An import with the own row of who imports', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  async function givenTwo() {
    const unitId = await givenUnit()
    const system = Actor.system('test')
    const personIds: number[] = []
    for (const [index, identityNo] of NUMBERS.entries()) {
      const personId = await createPerson({ name: NAMES[index], identityNo }, system)
      await givenAssignment(personId, unitId)
      personIds.push(personId)
    }
    const person = async (index: number, role: UserInput['role']) =>
      buildActor((await givenUser({ role, personId: personIds[index] })).id)
    return { unitId, personIds, person }
  }

  async function file(
    lines: string[],
    input: { definition: string; actor: Actor; answers?: Record<string, string> },
    run = runImport
  ) {
    const folder = await mkdtemp(join(tmpdir(), 'own-'))
    const path = join(folder, 'rows.csv')
    await writeFile(path, lines.join('\n'))
    return run({ ...input, path, fileName: '导入.csv', asOf: '2022-07-01', confirm: true }).finally(
      () => rm(folder, { recursive: true })
    )
  }

  const BASES = ['姓名,身份证号码,薪级', ...NAMES.map((name, at) => `${name},${NUMBERS[at]},12`)]
  const payedPeople = async () => (await rowsOf('wage_bases')).map((row) => Number(row.person_id))
  const said = async (importId: number) =>
    (await rowsOf('import_findings', { import_id: importId, code: 'own_row' })).map(
      ({ level, params }) => [level, JSON.parse(params).name]
    )

  test('of wage bases takes the others and refuses it by name', async ({ assert }) => {
    const { personIds, person } = await givenTwo()
    const actor = await person(0, 'pay_officer')
    const id = await file(BASES, { definition: 'wage_base', actor })
    assert.deepEqual(await payedPeople(), [personIds[1]])
    assert.deepEqual(await said(id), [['rejected', '王芳']])
    // a second row of the own person waits for no decision either
    const again = await file([...BASES, BASES[1]], { definition: 'wage_base', actor })
    assert.lengthOf(await said(again), 2)
    assert.lengthOf(await rowsOf('decisions', { subject_type: 'wage_base' }), 0)
    // somebody else imports it
    await file(BASES, { definition: 'wage_base', actor: await person(1, 'pay_officer') })
    assert.sameMembers(await payedPeople(), [personIds[1], personIds[0]])
  })

  test('of wage bases is not committed by who stands in it, from the queue either', async ({
    assert,
  }) => {
    const { personIds, person } = await givenTwo()
    const actor = await person(0, 'pay_officer')
    const id = await file(BASES, { definition: 'wage_base', actor }, confirmFile)
    await checkImport(id)
    const other = await person(1, 'pay_officer')
    const commit = async (by: Actor) => {
      await commitImport({ id, version: (await importById(id)).version, confirmed: true }, by)
      const [job] = (await rowsOf('jobs', { kind: 'imports.commit' })).slice(-1)
      await commitJob({ payload: JSON.parse(job.payload), progress: async () => {} } as any)
    }
    await assert.rejects(() => commit(other), 'imports.errors.own_row')
    assert.lengthOf(await payedPeople(), 0)
    const { error, state } = await importById(id)
    assert.deepEqual([state, error?.params.name], ['checked', '李强'])
    await commit(actor)
    assert.deepEqual(await payedPeople(), [personIds[1]])
  })

  test('of results leaves the own figures and rating as they are', async ({ assert }) => {
    const { unitId, person } = await givenTwo()
    await givenScheme(await givenLibrary('imported'), unitId)
    const cycleId = await givenCycle(unitId)
    const lines = ['姓名,身份证号码,工作量分,质量分,考核档次']
    for (const [at, name] of NAMES.entries()) lines.push(`${name},${NUMBERS[at]},90,90,合格`)
    const actor = await person(0, 'hr_officer')
    const answers = { cycle: `${cycleId}:${unitId}` }
    const id = await file(lines, { definition: 'review_results', actor, answers })
    const ratings = (await cardsOf(cycleId)).map(({ personName, rating }) => [personName, rating])
    assert.sameDeepMembers(ratings, [
      ['王芳', null],
      ['李强', 'qualified'],
    ])
    assert.deepEqual(await said(id), [['rejected', '王芳']])
    const values = await db.from('card_values').distinct('scorecard_id')
    assert.lengthOf(values, 1)
  })
})
