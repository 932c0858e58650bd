import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { sampleAssets, writeAssetSample, type SampleRow } from '#database/demo/asset_sample'
import { disposeAsset, editAsset } from '#discipline/actions/assets'
import { addSurplus, openCount, removeSurplus, saveCountLines } from '#discipline/actions/counts'
import {
  confirmCount,
  returnCount,
  submitCount,
  withdrawCount,
} from '#discipline/actions/move_count'
import {
  approveDivestiture,
  createDivestiture,
  setSides,
  submitDivestiture,
  withdrawDivestiture,
} from '#discipline/actions/divestitures'
import { executeDivestiture } from '#discipline/actions/execute_divestiture'
import { countRegister } from '#discipline/documents/count_sheet'
import { assetById, assetTotals } from '#discipline/queries/assets'
import { countById, countLines, type CountLine } from '#discipline/queries/counts'
import { checkDiscipline } from '#discipline/queries/discipline_checks'
import {
  certificateOf,
  divestitureById,
  divestitureLines,
  shownDivision,
} from '#discipline/queries/divestitures'
import { runImport } from '#imports/actions/run_import'
import { undoImport } from '#imports/actions/undo_import'
import { importById } from '#imports/queries/import_row'
import { checkCertificate } from '#shared/certificates/check'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import type { CellInput } from '#shared/spreadsheets/cell_value'
import { writeRegister } from '#shared/spreadsheets/register_writer'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { emptyDatabase } from '#tests/support/database'
import { together } from '#tests/support/together'
import { givenActor, givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenAsset, givenFreeze, INSIDE, refusal } from './givens.js'

test.group('The asset register', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
    return () => clock.release()
  })

  async function importSheet(rows: SampleRow[]): Promise<number> {
    const folder = await mkdtemp(join(tmpdir(), 'ronghe-assets-'))
    const path = join(folder, 'assets.xlsx')
    try {
      await writeAssetSample(path, rows)
      const actor = await givenActor({ role: 'hr_officer' })
      const file = { definition: 'assets', path, fileName: 'assets.xlsx', asOf: INSIDE }
      return await runImport({ ...file, actor, confirm: true })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async function givenUnits() {
    const names = ['广播电视台', '报社', '新闻网络舆情中心']
    return Promise.all(names.map((name) => givenUnit({ name })))
  }

  test('the sample is taken in whole; again it adds nothing; what changed is updated, undone', async ({
    assert,
  }) => {
    await givenUnits()
    const rows = sampleAssets(2022)
    await importSheet(rows)
    const totals = await assetTotals({ units: 'all' })
    const sum = (index: number) => rows.reduce((all, row) => all + Number(row[index]), 0)
    assert.deepEqual(totals, { items: rows.length, originalFen: sum(10), netFen: sum(11) })

    const again = await importById(await importSheet(rows))
    assert.deepInclude(again.totals!.committed!, { assets: 0, updated: 0, same: rows.length })
    const moved = rows.map((row, index) => (index === 0 ? row.with(6, '新址') : row))
    const third = await importSheet(moved)
    assert.deepInclude((await importById(third)).totals!.committed!, { assets: 0, updated: 1 })
    assert.equal((await rowsOf('assets'))[0].place, '新址')
    const { version } = await importById(third)
    await undoImport({ id: third, version }, await givenActor({ role: 'hr_officer' }))
    assert.equal((await rowsOf('assets'))[0].place, rows[0][6])
  })

  test('rows that do not fit are told one by one', async ({ assert }) => {
    await givenUnits()
    const [good] = sampleAssets(2022)
    const bad: [number, string | number][] = [
      [4, '没有这个单位'],
      [2, '飞船'],
      [11, 999_999_999_999],
      [1, ''],
    ]
    const rows = [
      good,
      good,
      ...bad.map(([index, value], at) => good.with(0, `X-${at}`).with(index, value)),
    ]
    const id = await importSheet(rows)
    const findings = await db
      .from('import_findings')
      .where({ import_id: id, level: 'rejected' })
      .orderBy('row_no')
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['repeated', 'unit_unknown', 'unknown_value', 'net_above', 'required']
    )
    assert.lengthOf(await rowsOf('assets'), 1)
    const elsewhere = await importById(await importSheet([good.with(4, '报社')]))
    assert.equal(elsewhere.totals!.rejected, 1)
  })

  test('during the freeze the register is locked for imports too', async ({ assert }) => {
    const [tv] = await givenUnits()
    await givenFreeze([tv])
    const rows = sampleAssets(2022)
    await importSheet(rows).catch(() => null)
    assert.lengthOf(await rowsOf('assets'), 0)
    assert.lengthOf(await rowsOf('freeze_records', { act: 'discipline.asset_import' }), 1)
    await importSheet(rows.filter((row) => row[4] !== '广播电视台'))
    assert.isAbove((await rowsOf('assets')).length, 10)
  })

  test('values, versions and disposal are guarded', async ({ assert }) => {
    const unitId = await givenUnit()
    const actor = await givenActor({ role: 'finance_officer' })
    const assetId = await givenAsset(unitId)
    const edit = async (input: object) => {
      const asset = await assetById(assetId)
      const change = { ...asset, assetId, wasWrong: false, reason: '更新', documentId: null }
      return editAsset({ ...change, ...input }, actor)
    }
    assert.equal(await refusal(edit({})), 'discipline.errors.nothing_changed')
    assert.equal(await refusal(edit({ netFen: 600_000 })), 'discipline.errors.net_above_original')
    assert.equal(await refusal(edit({ place: '三楼', version: 9 })), 'shared.errors.stale')
    await edit({ place: '三楼' })
    const documentId = await givenDocument()
    const disposal = { assetId, version: 2, byCourt: false, reason: '报废', documentId }
    await disposeAsset(disposal, actor)
    assert.equal(await refusal(edit({ place: '四楼' })), 'discipline.errors.asset_disposed')
    assert.equal(
      await refusal(givenAsset(unitId, { code: (await assetById(assetId)).code })),
      'discipline.errors.asset_known'
    )
  })
})

test.group('Asset counts', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
    return () => clock.release()
  })

  async function givenCount(size = 4) {
    const unitId = await givenUnit({ name: '报社' })
    for (let index = 0; index < size; index++) await givenAsset(unitId)
    const keeper = await givenActor({ role: 'finance_officer' })
    const head = await givenActor({ role: 'finance_head' })
    const countId = await openCount({ unitId, asOf: INSIDE, documentId: null }, keeper)
    const write = async (
      index: number,
      result: 'todo' | 'found' | 'missing',
      facts: Partial<CountLine['counted']> = {},
      explanation: string | null = null
    ) => {
      const line = (await countLines(countId))[index]
      return saveCountLines(
        {
          countId,
          lines: [
            {
              lineId: line.id,
              version: line.version,
              result,
              explanation,
              facts: { ...line.book, ...facts },
            },
          ],
        },
        keeper
      )
    }
    const submit = async () =>
      submitCount({ countId, version: (await countById(countId)).version }, keeper)
    return { unitId, countId, keeper, head, write, submit }
  }

  test('counted, explained, confirmed by another person: the register takes what was found', async ({
    assert,
  }) => {
    const { unitId, countId, keeper, head, write, submit } = await givenCount()
    const { freezeId } = await givenFreeze([unitId])
    assert.isAbove(freezeId, 0)
    assert.equal(await refusal(submit()), 'discipline.errors.count_todo')
    await write(0, 'found')
    await write(1, 'found', { place: '地下室', condition: 'repair' })
    await write(2, 'missing')
    await write(3, 'found', { purpose: 'idle' }, '已停用')
    assert.equal(await refusal(submit()), 'discipline.errors.unexplained')
    await write(1, 'found', { place: '地下室', condition: 'repair' }, '搬迁未登记')
    await write(2, 'missing', {}, '去向不明，待查')
    await addSurplus(
      {
        countId,
        name: '无人机',
        category: 'broadcast',
        originalFen: 90_000,
        netFen: 30_000,
        facts: { place: '库房', custodian: null, purpose: 'editorial', condition: 'good' },
        explanation: '接受捐赠未入账',
      },
      keeper
    )
    assert.deepInclude(await countById(countId), { todo: 0, differences: 4, unexplained: 0 })
    await submit()
    const { version } = await countById(countId)
    assert.equal(
      await refusal(confirmCount({ countId, version }, keeper)),
      'discipline.errors.same_person'
    )
    await confirmCount({ countId, version }, head)
    const assets = await rowsOf('assets')
    assert.deepEqual(
      assets.map(({ place, purpose, condition_code: condition, state }) => [
        place,
        purpose,
        condition,
        state,
      ]),
      [
        ['二楼', 'broadcast', 'good', 'held'],
        ['地下室', 'broadcast', 'repair', 'held'],
        ['二楼', 'broadcast', 'good', 'missing'],
        ['二楼', 'idle', 'good', 'held'],
        ['库房', 'editorial', 'good', 'held'],
      ]
    )
    const [allowed] = await rowsOf('freeze_records', { outcome: 'allowed' })
    assert.deepInclude(allowed, { act: 'discipline.asset_count', allowed: 'correction' })
    assert.deepEqual(await checkDiscipline(), [])
  })

  test('what was disposed of while it was counted stays disposed of', async ({ assert }) => {
    const { countId, keeper, head, write, submit } = await givenCount(2)
    await write(0, 'found', { place: '地下室' }, '搬迁未登记')
    await write(1, 'found', { place: '地下室' }, '搬迁未登记')
    const [{ id, version }] = await rowsOf('assets')
    await disposeAsset(
      {
        assetId: Number(id),
        version: Number(version),
        byCourt: false,
        reason: '报废',
        documentId: await givenDocument(),
      },
      keeper
    )
    await submit()
    await confirmCount({ countId, version: (await countById(countId)).version }, head)
    const assets = await rowsOf('assets')
    assert.deepEqual(
      assets.map(({ state, place }) => [state, place]),
      [
        ['disposed', '二楼'],
        ['held', '地下室'],
      ]
    )
    assert.deepEqual(await checkDiscipline(), [])
  })

  test('what is counted while the count is handed in: one of them is refused', async ({
    assert,
  }) => {
    const { countId, keeper, head, write, submit } = await givenCount(1)
    await write(0, 'found')
    for (let round = 0; round < 10; round++) {
      const { version } = await countById(countId)
      const hand = () => submitCount({ countId, version }, keeper)
      const refusals = await together(
        round % 2 ? [() => write(0, 'todo'), hand] : [hand, () => write(0, 'todo')]
      )
      assert.lengthOf(refusals, 1, `round ${round}`)
      const { state, todo } = await countById(countId)
      assert.equal(todo, state === 'submitted' ? 0 : 1)
      if (todo) {
        await write(0, 'found')
        await submit()
      }
      const { version: now } = await countById(countId)
      await returnCount({ countId, version: now, comment: '再点' }, head)
    }
  }).timeout(120_000)

  test('one count of a unit at a time; one that came back is counted on; stale lines are refused', async ({
    assert,
  }) => {
    const { unitId, countId, keeper, head, write, submit } = await givenCount(2)
    assert.equal(
      await refusal(openCount({ unitId, asOf: INSIDE, documentId: null }, keeper)),
      'discipline.errors.count_open'
    )
    await write(0, 'found')
    await write(1, 'missing', {}, '待查')
    await submit()
    assert.equal(await refusal(write(0, 'missing')), 'discipline.errors.count_not_open')
    const { version } = await countById(countId)
    await returnCount({ countId, version, comment: '请再找' }, head)
    const [, line] = await countLines(countId)
    const stale = {
      lineId: line.id,
      version: 1,
      result: 'found' as const,
      facts: line.book,
      explanation: null,
    }
    assert.equal(
      await refusal(saveCountLines({ countId, lines: [stale] }, keeper)),
      'shared.errors.stale'
    )
    await write(1, 'found')
    const surplus = {
      countId,
      name: '桌',
      category: 'furniture' as const,
      originalFen: 1,
      netFen: 1,
      facts: { place: null, custodian: null, purpose: 'idle', condition: 'good' },
      explanation: '账外',
    }
    const lineId = await addSurplus(surplus, keeper)
    await removeSurplus({ countId, lineId }, keeper)
    assert.deepInclude(await countById(countId), { lines: 2, differences: 0 })
    // Nothing differs: the register is not touched.
    await submit()
    await confirmCount({ countId, version: (await countById(countId)).version }, head)
    assert.deepEqual(
      (await rowsOf('assets')).map((row) => Number(row.version)),
      [1, 1]
    )
  })

  test('the pages: a grid is saved, the sheet comes as PDF and Excel, a stranger stays out', async ({
    client,
    assert,
  }) => {
    const { unitId, countId } = await givenCount(30)
    const keeper = await givenUser({ role: 'hr_officer', unitId })
    const lines = await countLines(countId)
    const form = Object.fromEntries(
      lines.flatMap(({ id, version, book: { custodian, purpose, condition } }, index) =>
        Object.entries({
          id,
          version,
          result: 'found',
          place: '新楼',
          explanation: '搬迁',
          custodian,
          purpose,
          condition,
        }).map(([name, value]) => [`lines[${index}][${name}]`, value])
      )
    )
    const url = `/discipline/counts/${countId}`
    const send = (user: any) =>
      client.post(`${url}/lines`).loginAs(user).withCsrfToken().redirects(0).form(form)
    const elsewhere = await givenUser({ role: 'hr_officer', unitId: await givenUnit() })
    const refused = await send(elsewhere)
    refused.assertStatus(403)
    assert.equal((await countById(countId)).todo, 30)
    await send(keeper)
    assert.deepInclude(await countById(countId), { todo: 0, differences: 30 })
    // saved meanwhile: the grid that is refused comes back as it was filled in
    const again = { ...form, 'lines[0][place]': '地下室', 'lines[0][explanation]': '水损' }
    const stale = await client
      .post(`${url}/lines`)
      .loginAs(keeper)
      .withCsrfToken()
      .header('referer', url)
      .form({ ...again, 'lines[0][result]': 'missing', '_form': `${url}/lines` })
    for (const kept of ['value="地下室"', 'value="水损"', '<option value="missing" selected>']) {
      assert.include(stale.text(), kept)
    }
    assert.deepInclude(await countById(countId), { todo: 0, differences: 30 })
    for (const show of ['all', 'todo', 'differences']) {
      const page = await client.get(`${url}?show=${show}`).loginAs(keeper)
      page.assertStatus(200)
    }
    for (const format of ['pdf', 'xlsx']) {
      const file = await client.get(`${url}/sheet?format=${format}`).loginAs(keeper)
      file.assertStatus(200)
      const closed = await client.get(`${url}/sheet?format=${format}`).loginAs(elsewhere)
      closed.assertStatus(403)
    }
  })
})

test.group('Divestitures on their page', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a form that is refused comes back with its units ticked', async ({ assert, client }) => {
    const [one, other, centre, company] = [
      await givenUnit(),
      await givenUnit(),
      await givenUnit(),
      await givenUnit(),
    ]
    const form = {
      'title': '经营性资产划转',
      'centre_id': centre,
      'company_id': company,
      'from_unit_ids[0]': one,
      '_form': '/discipline/divestitures',
    }
    const page = await client
      .post('/discipline/divestitures')
      .loginAs(await givenUser({ role: 'finance_officer' }))
      .withCsrfToken()
      .header('referer', '/discipline/divestitures/create')
      .form(form)
    const box = (id: number) =>
      new RegExp(`value="${id}" *(checked)? +id="field-from_unit_ids-${id}"`)
    assert.equal(box(one).exec(page.text())?.[1], 'checked')
    assert.isUndefined(box(other).exec(page.text())![1])
    assert.lengthOf(await rowsOf('divestitures'), 0)
  })
})

test.group('Count sheets from Excel', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
    return () => clock.release()
  })

  /** A count of three assets, and its exported sheet as it comes back filled in. */
  async function givenSheet() {
    const unitId = await givenUnit({ name: '报社' })
    for (let index = 0; index < 4; index++) await givenAsset(unitId)
    const keeper = await givenActor({ role: 'finance_officer' })
    const countId = await openCount({ unitId, asOf: INSIDE, documentId: null }, keeper)
    const exported = async () => countRegister(await countById(countId), await countLines(countId))
    const importing = async (change: (rows: CellInput[][]) => CellInput[][], actor = keeper) => {
      const register = await exported()
      const [sheet] = register.sheets
      const rows = change([...(sheet.rows as CellInput[][])].map((row) => [...row]))
      const folder = await mkdtemp(join(tmpdir(), 'ronghe-count-'))
      const path = join(folder, '盘点表.xlsx')
      try {
        await writeRegister(path, { ...register, sheets: [{ ...sheet, rows }] })
        const file = { definition: 'asset_count', path, fileName: '盘点表.xlsx' }
        return await runImport({ ...file, actor, confirm: true })
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }
    return { unitId, keeper, countId, exported, importing }
  }

  const [PLACE, CUSTODIAN, RESULT, EXPLANATION] = [6, 8, 13, 14]

  const filledIn = (rows: CellInput[][]) => [
    rows[0].with(RESULT, '相符'),
    rows[1]
      .with(RESULT, '不符')
      .with(PLACE, '地下室')
      .with(CUSTODIAN, '无')
      .with(EXPLANATION, '搬迁'),
    rows[2].with(RESULT, '盘亏'),
    rows[3],
    [
      '账外',
      '无人机',
      '广播电视设备',
      90_000,
      30_000,
      '',
      '库房',
      '',
      '',
      '',
      '采编',
      '',
      '',
      '盘盈',
      '受赠',
    ],
  ]

  test('the exported sheet comes back filled in: differences, surplus; the rest waits', async ({
    assert,
  }) => {
    const { countId, importing } = await givenSheet()
    const done = await importById(await importing(filledIn))
    assert.deepInclude(done.totals!.committed!, { counted: 3, surplus: 1 })
    assert.deepInclude(await countById(countId), { todo: 1, differences: 3, unexplained: 1 })
    const lines = await countLines(countId)
    assert.deepEqual(
      lines.map(({ result, differences }) => [result, ...differences]),
      [
        ['found'],
        ['found', 'place', 'custodian'],
        ['missing', 'missing'],
        ['todo'],
        ['surplus', 'surplus'],
      ]
    )
    assert.deepInclude(lines[1].counted, { place: '地下室', custodian: null, purpose: 'broadcast' })
    assert.deepInclude(lines[4], { originalFen: 90_000, netFen: 30_000 })
    const findings = await db.from('import_findings').where('import_id', done.id).orderBy('id')
    assert.sameDeepMembers(
      findings.map(({ level, code }) => `${level} ${code}`),
      ['note differs', 'note differs', 'note not_there', 'warning unexplained']
    )
    // What was exported then says the same again, and adds nothing.
    const again = await importById(await importing((rows) => rows))
    assert.deepInclude(again.totals!.committed!, { counted: 0, surplus: 0, same: 5 })
    assert.lengthOf(await countLines(countId), 5)
  })

  test('rows that do not fit are told one by one and write nothing', async ({ assert }) => {
    const { countId, importing } = await givenSheet()
    const id = await importing((rows) => [
      rows[0].with(RESULT, '相符'),
      rows[0].with(RESULT, '盘亏'),
      rows[1].with(0, 'X-1').with(RESULT, '相符'),
      rows[2].with(RESULT, '大概在'),
      rows[3].with(PLACE, '三楼'),
      ['账外', '桌', '家具', 100, 900, '', '', '', '', '', '', '', '', '盘盈', ''],
    ])
    const findings = await db
      .from('import_findings')
      .where({ import_id: id, level: 'rejected' })
      .orderBy('row_no')
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['repeated', 'not_in_count', 'unknown_value', 'required', 'net_above', 'required']
    )
    assert.deepInclude(await countById(countId), { lines: 4, todo: 3 })
  })

  test('it is taken back while the count is open, unless a line was counted again', async ({
    assert,
  }) => {
    const { countId, keeper, importing } = await givenSheet()
    const first = await importing(filledIn)
    const undo = async (id: number) =>
      undoImport({ id, version: (await importById(id)).version }, keeper)
    await undo(first)
    assert.deepInclude(await countById(countId), { lines: 4, todo: 4, differences: 0 })

    const second = await importing(filledIn)
    const [line] = await countLines(countId)
    const again = { lineId: line.id, version: line.version, facts: line.book, explanation: '复核' }
    await saveCountLines({ countId, lines: [{ ...again, result: 'missing' }] }, keeper)
    assert.equal(await refusal(undo(second)), 'imports.errors.changed_since_check')
    assert.deepInclude(await countById(countId), { lines: 5, todo: 1 })
  })

  test('a keeper of another unit imports nothing; a closed count takes no sheet', async ({
    assert,
  }) => {
    const { countId, keeper, importing, exported } = await givenSheet()
    const other = await givenActor({ role: 'finance_officer', unitId: await givenUnit() })
    await assert.rejects(() => importing(filledIn, other))
    assert.equal((await countById(countId)).todo, 4)
    assert.include((await exported()).title, '截至2022年3月1日')
    await withdrawCount({ countId, version: 1 }, keeper)
    assert.equal(await refusal(importing(filledIn)), 'imports.errors.incomplete')
  })

  test('what is found is told in words, in both languages', async ({ client, assert }) => {
    const { importing } = await givenSheet()
    const id = await importing(filledIn)
    for (const [locale, words] of [
      ['zh-CN', '盘亏：账面有，实物无'],
      ['en', 'Missing: on the book, not in place'],
    ]) {
      const finance = await givenUser({ role: 'finance_officer', row: { locale } })
      const page = await client.get(`/imports/${id}`).loginAs(finance)
      page.assertTextIncludes(words)
      assert.notInclude(page.text(), 'translation missing')
    }
  })

  test('finance imports assets and count sheets, nothing else, by the pages', async ({
    client,
    assert,
  }) => {
    const { countId } = await givenSheet()
    const finance = await givenUser({ role: 'finance_officer' })
    const page = await client.get('/imports/create').loginAs(finance)
    const offered = [...page.text().matchAll(/<option value="(\w+)"/g)].map(([, key]) => key)
    assert.sameMembers(offered, ['assets', 'asset_count'])
    const count = await client.get(`/discipline/counts/${countId}`).loginAs(finance)
    count.assertTextIncludes('definition=asset_count')
    const refused = await client
      .post('/imports')
      .loginAs(finance)
      .withCsrfToken()
      .redirects(0)
      .form({ definition: 'roster' })
    refused.assertStatus(403)
  })
})

test.group('Divestitures', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
    return () => clock.release()
  })

  async function givenDivision(effectiveOn = INSIDE) {
    const [tv, paper, centreId, companyId] = [
      await givenUnit({ name: '广播电视台' }),
      await givenUnit({ name: '报社' }),
      await givenUnit({ name: '融媒体中心' }),
      await givenUnit({ name: '文化传媒公司' }),
    ]
    for (const [unitId, purpose, netFen] of [
      [tv, 'broadcast', 1],
      [tv, 'commercial', 22],
      [tv, 'rented', 333],
      [paper, 'editorial', 4_444],
      [paper, 'commercial', 55_555],
    ] as const) {
      await givenAsset(unitId, { purpose, netFen })
    }
    const { programme, office } = await givenFreeze([tv, paper, centreId, companyId])
    const keeper = await givenActor({ role: 'finance_officer' })
    const create = (documentId = programme) =>
      createDivestiture(
        {
          title: '经营性业务剥离',
          fromUnitIds: [tv, paper],
          centreId,
          companyId,
          effectiveOn,
          documentId,
        },
        keeper
      )
    const move = async (
      work: typeof submitDivestiture,
      divestitureId: number,
      actor = office
    ): Promise<void> => {
      const { version } = await divestitureById(divestitureId)
      await work({ divestitureId, version }, actor)
    }
    return { tv, paper, centreId, companyId, office, keeper, create, move }
  }

  test('everything goes to its side; sums are equal; the certificate is accepted by the checker', async ({
    assert,
  }) => {
    const { tv, paper, centreId, companyId, keeper, create, move } = await givenDivision()
    const id = await create()
    const lines = await divestitureLines(id)
    assert.deepEqual(
      lines.map(({ side }) => side),
      ['centre', 'company', 'company', 'centre', 'company']
    )
    await setSides(
      {
        divestitureId: id,
        version: 1,
        lines: [{ lineId: lines[2].id, side: 'centre', reason: '门面收回自用' }],
      },
      keeper
    )
    const projected = await shownDivision(await divestitureById(id))
    assert.isFalse(projected.sealed)
    await move(submitDivestiture, id, keeper)
    assert.equal(
      await refusal(move(approveDivestiture, id, keeper)),
      'discipline.errors.same_person'
    )
    await move(approveDivestiture, id)
    await move(executeDivestiture, id)
    await move(executeDivestiture, id)
    const net = async (unitId: number) => (await assetTotals({ unitId, units: 'all' })).netFen
    assert.deepEqual(await Promise.all([tv, paper, centreId, companyId].map(net)), [
      0,
      0,
      1 + 333 + 4_444,
      22 + 55_555,
    ])
    const found = (await certificateOf(await divestitureById(id)))!
    assert.deepEqual(checkCertificate(found.json), [])
    assert.deepEqual(found.certificate.sums, projected.sums)
    assert.deepEqual(found.certificate.body.rows, projected.rows)
    assert.lengthOf(await rowsOf('certificates'), 1)
    assert.lengthOf(await db.from('divestiture_claims'), 0)
    assert.lengthOf(await rowsOf('freeze_records', { outcome: 'reform' }), 1)
    assert.deepEqual(await checkDiscipline(), [])
  })

  test('who set a side has prepared it and does not approve it', async ({ assert }) => {
    const { keeper, create, move } = await givenDivision()
    const id = await create()
    const [line] = await divestitureLines(id)
    const second = await givenActor({ role: 'finance_officer' })
    const lines = [{ lineId: line.id, side: 'company' as const, reason: '门面出租' }]
    await setSides({ divestitureId: id, version: 1, lines }, second)
    await move(submitDivestiture, id, keeper)
    assert.equal(
      await refusal(move(approveDivestiture, id, second)),
      'discipline.errors.same_person'
    )
  })

  test('not under another document, not too early, not twice, not with a part of it', async ({
    assert,
  }) => {
    const { tv, keeper, create, move } = await givenDivision('2022-04-01')
    const other = await create(await givenDocument())
    assert.equal(await refusal(move(submitDivestiture, other, keeper)), 'discipline.refused.assets')
    assert.equal(await refusal(create()), 'discipline.errors.divided_elsewhere')
    await move(withdrawDivestiture, other, keeper)
    const id = await create()
    await move(submitDivestiture, id, keeper)
    await move(approveDivestiture, id)
    assert.equal(await refusal(move(executeDivestiture, id)), 'discipline.errors.too_early')
    clock.freeze('2022-04-01')
    // Somebody entered an asset meanwhile by hand of the database: the division is not whole.
    const [first] = await rowsOf('assets')
    const { id: _id, ...copy } = first
    await db.table('assets').insert({ ...copy, code: 'LATE' })
    assert.equal(await refusal(move(executeDivestiture, id)), 'discipline.errors.not_whole')
    assert.equal((await divestitureById(id)).state, 'approved')
    assert.equal((await assetTotals({ unitId: tv, units: 'all' })).items, 4)
  })

  test('a dissolved unit hands its assets over, and not while they are divided', async ({
    assert,
  }) => {
    const { tv, centreId, create, keeper, move } = await givenDivision()
    const id = await create()
    const settle = (successor: number | null) =>
      inTransaction(async (trx) => {
        const holdings = await unitDissolvedPort.list(tv, trx)
        const held = holdings.find(({ kind }) => kind === 'assets')!
        await unitDissolvedPort.settle(held, successor, INSIDE, trx)
      })
    assert.equal(await refusal(settle(null)), 'discipline.errors.assets_need_successor')
    assert.equal(await refusal(settle(centreId)), 'discipline.errors.division_under_way')
    await move(withdrawDivestiture, id, keeper)
    await settle(centreId)
    assert.equal((await assetTotals({ unitId: centreId, units: 'all' })).items, 3)
  })

  test('its pages and files, and a stranger', async ({ client }) => {
    const { tv, create, move, keeper } = await givenDivision()
    const id = await create()
    await move(submitDivestiture, id, keeper)
    await move(approveDivestiture, id)
    await move(executeDivestiture, id)
    const officer = await givenUser({ role: 'finance_officer', unitId: tv })
    const elsewhere = await givenUser({ role: 'finance_officer', unitId: await givenUnit() })
    for (const path of [
      '',
      '?side=company',
      '/certificate/pdf',
      '/certificate/xlsx',
      '/certificate/json',
    ]) {
      const page = await client.get(`/discipline/divestitures/${id}${path}`).loginAs(officer)
      page.assertStatus(200)
      const closed = await client.get(`/discipline/divestitures/${id}${path}`).loginAs(elsewhere)
      closed.assertStatus(403)
    }
  })
})
