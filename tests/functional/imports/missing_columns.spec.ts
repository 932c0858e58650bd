import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { checkAssets } from '#discipline/imports/check_assets'
import { checkPosts } from '#organization/imports/check_posts'
import { ResultsChecker } from '#performance/imports/results_checker'
import { nameKey } from '#performance/queries/post_values'
import { clock } from '#shared/clock'
import { insertRow, inTransaction } from '#shared/database'
import type { CheckSummary, ImportContext, SourceRow } from '#shared/ports/imports'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenPerson, givenUnit } from '#tests/support/givens'
import { givenAsset } from '../discipline/givens.js'
import { givenCycle, givenLibrary, givenScheme } from '../performance/givens.js'
import { givenPost } from '../transfers/givens.js'

const TODAY = '2026-06-01'
const context: ImportContext = {
  importId: 1,
  asOf: TODAY,
  fileName: 'sheet.xlsx',
  answers: {},
  found: {} as any,
  partial: false,
  importedBy: [],
}

const sheet = (key: string, cells: Record<string, string>) => new Map([[key, [rowOf(cells)]]])

function rowOf(cells: Record<string, string>): SourceRow {
  const texts = Object.entries(cells)
  const typed = texts.map(([name, text]) => [name, { text, raw: text, kind: 'text' as const }])
  return { number: 2, cells: Object.fromEntries(typed) }
}

/** Effect of the only row of a sheet, and what would be written. */
function onlyRow({ verdicts }: CheckSummary, key: string) {
  const [{ effect, parsed }] = verdicts!.find(({ sheet: name }) => name === key)!.verdicts
  return { effect, parsed: parsed as Record<string, unknown> }
}

test.group('A sheet without some columns', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  async function givenEditor() {
    const unitId = await givenUnit({ name: '融媒体中心' })
    const id = await givenPost(unitId, {
      name: '编辑',
      code: 'B01',
      headcount: 3,
      grade_top: 'professional_7',
      grade_bottom: 'professional_12',
      coefficient: '1.45',
      front_line: true,
      maps_from: '报社编辑',
    })
    const { department_id: departmentId } = await db.from('posts').where({ id }).firstOrFail()
    await db.from('departments').where('id', departmentId).update({ front_line: 1, weight: '1.2' })
    const { name: department } = await db
      .from('departments')
      .where('id', departmentId)
      .firstOrFail()
    const post = { unit: '融媒体中心', department, code: 'B01', post: '编辑' }
    return { ...post, nature: '采编', employment: '在编', headcount: '3' }
  }

  test('a post keeps its coefficient, grades, front line and origin', async ({ assert }) => {
    const post = await givenEditor()
    const same = onlyRow(await checkPosts(sheet('posts', post), context), 'posts')
    assert.equal(same.effect, 'same')
    const more = sheet('posts', { ...post, headcount: '4' })
    const { effect, parsed } = onlyRow(await checkPosts(more, context), 'posts')
    assert.equal(effect, 'update')
    assert.containSubset(parsed, {
      headcount: 4,
      category: 'professional',
      gradeTop: 'professional_7',
      gradeBottom: 'professional_12',
      coefficient: '1.45',
      frontLine: true,
      mapsFrom: '报社编辑',
    })
  })

  test('an empty cell of a column takes away what was there', async ({ assert }) => {
    const post = { ...(await givenEditor()), coefficient: '', frontLine: '' }
    const { effect, parsed } = onlyRow(await checkPosts(sheet('posts', post), context), 'posts')
    assert.equal(effect, 'update')
    assert.containSubset(parsed, { coefficient: null, frontLine: false, mapsFrom: '报社编辑' })
  })

  test('a department keeps its weight and its front line', async ({ assert }) => {
    const { unit, department } = await givenEditor()
    const rows = (cells: Record<string, string>) =>
      sheet('departments', { unit, department, ...cells })
    const check = async (cells: Record<string, string>) =>
      onlyRow(await checkPosts(rows(cells), context), 'departments')
    assert.equal((await check({})).effect, 'same')
    assert.containSubset(await check({ frontLine: '否' }), {
      effect: 'update',
      parsed: { frontLine: false, weight: '1.2' },
    })
    assert.containSubset(await check({ weight: '1.3' }), {
      effect: 'update',
      parsed: { frontLine: true, weight: '1.3' },
    })
  })

  test('a value of a post keeps its front line, and one that changes is written', async ({
    assert,
  }) => {
    const unitId = await givenUnit({ name: '融媒体中心' })
    await givenAssignment(await givenPerson(), unitId)
    await givenScheme(await givenLibrary(), unitId)
    const cycleId = await givenCycle(unitId, { date: TODAY })
    const value = {
      subject_key: nameKey('editorial', '编辑'),
      nature: 'editorial',
      post_name: '编辑',
      coefficient: '1.45',
      front_line: true,
      basis: 'sheet',
      valid_from: TODAY,
      recorded_at: clock.now(),
    }
    await inTransaction((trx) => insertRow(trx, 'post_values', value))
    const answers = { cycle: `${cycleId}:${unitId}` }
    const effectOf = async (cells: Record<string, string>) => {
      const row = rowOf({ nature: '采编', post: '编辑', coefficient: '1.45', ...cells })
      const checker = await ResultsChecker.for({ ...context, answers })
      const [{ effect, parsed }] = await checker.check('post_values', [row])
      return [effect, (parsed as { frontLine: boolean }).frontLine]
    }
    assert.deepEqual(await effectOf({}), ['same', true])
    assert.deepEqual(await effectOf({ frontLine: '是' }), ['same', true])
    assert.deepEqual(await effectOf({ frontLine: '否' }), ['update', false])
    assert.deepEqual(await effectOf({ coefficient: '1.5' }), ['update', true])
  })

  test('an asset keeps its custodian, place, condition and date', async ({ assert }) => {
    const unitId = await givenUnit({ name: '报社' })
    await givenAsset(unitId, { code: 'ZC-A', condition: 'repair', acquiredOn: '2020-05-01' })
    const asset = { code: 'ZC-A', name: '摄像机', category: '广播电视设备', unit: '报社' }
    const given = { ...asset, purpose: '播出', original: '5000', net: '1500' }
    const checked = await checkAssets(sheet('assets', given), context)
    assert.containSubset(onlyRow(checked, 'assets'), {
      effect: 'update',
      parsed: {
        netFen: 150_000,
        custodian: '王芳',
        place: '二楼',
        condition: 'repair',
        acquiredOn: '2020-05-01',
      },
    })
  })
})
