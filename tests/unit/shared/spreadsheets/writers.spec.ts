import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import exceljs from 'exceljs'
import { test } from '@japa/runner'
import { MemoryTarget } from '#tests/fixtures/spreadsheets/memory_target'
import type { CellInput } from '#shared/spreadsheets/cell_value'
import { writeCsv } from '#shared/spreadsheets/csv_writer'
import { SpreadsheetError } from '#shared/spreadsheets/errors'
import { officialWorkbook } from '#shared/spreadsheets/official_workbook'
import { sheetNames, writeRegister } from '#shared/spreadsheets/register_writer'
import { readTable } from '#shared/spreadsheets/table_reader'
import type { RegisterColumn } from '#shared/spreadsheets/sheet_xml'

const columns: RegisterColumn[] = [
  { header: '姓名', width: 10 },
  { header: '人数', kind: 'number' },
  { header: '金额', kind: 'money_fen', width: 14 },
  { header: '日期', kind: 'date' },
]
const rows: CellInput[][] = [
  ['张𬭎', 3, 123456789, '2022-01-10'],
  ['=1+1', 1.5, -5, '长期'],
  [null, '2.50', 0, undefined],
]

async function byExceljs(bytes: Buffer) {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as never)
  return workbook
}

test.group('writeRegister', (group) => {
  let folder = ''
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheets-'))
    return () => rm(folder, { recursive: true })
  })

  test('types every cell; money is the digits of its fen', async ({ assert }) => {
    const path = join(folder, 'register.xlsx')
    await writeRegister(path, { title: '名册', sheets: [{ name: '在职', columns, rows }] })
    const { sheets } = await readTable(path, path)
    assert.deepEqual(
      sheets[0].rows.map(({ number, cells }) => [
        number,
        ...cells.map((c) => `${c.kind} ${c.raw}`),
      ]),
      [
        [1, 'text 名册'],
        [2, 'text 姓名', 'text 人数', 'text 金额', 'text 日期'],
        [3, 'text 张𬭎', 'number 3', 'number 1234567.89', 'date 44571'],
        [4, 'text =1+1', 'number 1.5', 'number -0.05', 'text 长期'],
        [5, 'blank ', 'number 2.50', 'number 0.00'],
      ]
    )
    assert.deepEqual(await readdir(folder), ['register.xlsx'])
  })

  test('another reader finds header, formats, widths and print setup', async ({ assert }) => {
    const target = new MemoryTarget()
    const sheets = ['在职', '在职'].map((name) => ({ name, columns, rows }))
    await writeRegister(target, { title: '名册', sheets })
    const workbook = await byExceljs(target.bytes)
    assert.deepEqual(
      workbook.worksheets.map((sheet) => sheet.name),
      ['在职', '在职(2)']
    )
    const [sheet] = workbook.worksheets
    assert.equal(sheet.getCell('C3').value, 1234567.89)
    assert.equal(sheet.getCell('C3').numFmt, '#,##0.00')
    assert.deepEqual(sheet.getCell('D3').value, new Date('2022-01-10T00:00:00Z'))
    assert.equal(sheet.getCell('A4').value, '=1+1')
    assert.equal(sheet.getCell('A4').type, exceljs.ValueType.String)
    assert.isTrue(sheet.getCell('A2').font.bold)
    assert.equal(sheet.getCell('D1').master.address, 'A1')
    assert.equal(sheet.getColumn(3).width, 14)
    assert.deepInclude(sheet.views[0], { state: 'frozen', ySplit: 2 })
    assert.deepInclude(sheet.pageSetup, { paperSize: 9, printTitlesRow: '1:2' })
  })

  test('asks for rows as the target takes them', async ({ assert }) => {
    let asked = 0
    const produced = async function* () {
      for (; asked < 60_000; asked++) yield [`人员${Math.sin(asked)}`, asked, asked, null]
    }
    const target = new MemoryTarget()
    await writeRegister(target, { sheets: [{ name: '表', columns, rows: produced() }] })
    assert.equal(asked, 60_000)
    assert.isAbove(target.bytes.length, 500_000)
    assert.isBelow(target.waiting, 256 * 1024)
  })

  test('stops asking for rows when the target is gone', async ({ assert }) => {
    let asked = 0
    const produced = function* () {
      for (; asked < 1_000_000; asked++) yield [`人员${Math.sin(asked)}`, asked, asked, null]
    }
    const target = new Writable({
      write: (_chunk, _encoding, done) => done(asked > 10_000 ? new Error('cut off') : null),
    })
    const writing = writeRegister(target, { sheets: [{ name: '表', columns, rows: produced() }] })
    await assert.rejects(() => writing, 'cut off')
    assert.isBelow(asked, 200_000)
  })

  test('leaves nothing behind when a value does not fit', async ({ assert }) => {
    const path = join(folder, 'register.xlsx')
    const bad = { name: '表', columns, rows: [['a', 'b', 1, null]] }
    const error = await writeRegister(path, { sheets: [bad] }).catch((reason) => reason)
    assert.instanceOf(error, SpreadsheetError)
    assert.equal(error.code, 'bad_value')
    assert.deepEqual(await readdir(folder), [])
    const csv = await writeCsv(join(folder, 'a.csv'), bad).catch((reason) => reason)
    assert.equal(csv.code, 'bad_value')
    assert.deepEqual(await readdir(folder), [])
  })

  test('the same rows give the same bytes', async ({ assert }) => {
    const bytes = async () => {
      const target = new MemoryTarget()
      await writeRegister(target, { sheets: [{ name: '表', columns, rows }] })
      return target.bytes.toString('hex')
    }
    assert.equal(await bytes(), await bytes())
  })

  test('sheet names are made fit', ({ assert }) => {
    const names = sheetNames(['a/b:c', 'A b c', '', "'x'", '长'.repeat(40), '长'.repeat(40), '\t'])
    assert.deepEqual(names, [
      'a b c',
      'A b c(2)',
      'Sheet3',
      'x',
      '长'.repeat(31),
      `${'长'.repeat(28)}(2)`,
      'Sheet7',
    ])
  })

  test('CSV is UTF-8 with byte order mark and CRLF', async ({ assert }) => {
    const path = join(folder, 'a.csv')
    await writeCsv(path, { columns, rows: [...rows, ['a;b "c"\nd', null, 1, null]] })
    assert.equal(
      await readFile(path, 'utf8'),
      '\ufeff姓名,人数,金额,日期\r\n张𬭎,3,1234567.89,2022-01-10\r\n' +
        '\'=1+1,1.5,-0.05,长期\r\n,2.50,0.00,\r\n"a;b ""c""\nd",,0.01,\r\n'
    )
  })
})

test.group('officialWorkbook', () => {
  test('title, number, notes, table, totals, signatures, A4', async ({ assert }) => {
    const bytes = await officialWorkbook([
      {
        name: '划转名册',
        title: '划转人员名册',
        documentNo: '编发〔2022〕3号',
        notes: ['划出单位：广播电视台'],
        columns,
        rows: rows.slice(0, 1),
        totals: ['合计', '1人', 123456789, null],
        signatures: ['制表人：', '审核人：'],
      },
    ])
    const { worksheets } = await byExceljs(bytes)
    const [sheet] = worksheets
    const texts = [1, 2, 3, 4, 5, 6, 8].map((row) => sheet.getCell(row, 1).value)
    assert.deepEqual(texts, [
      '划转人员名册',
      '编发〔2022〕3号',
      '划出单位：广播电视台',
      '姓名',
      '张𬭎',
      '合计',
      `制表人：${'　'.repeat(8)}审核人：`,
    ])
    assert.equal(sheet.getCell('D1').master.address, 'A1')
    assert.equal(sheet.getCell('A2').alignment.horizontal, 'right')
    assert.equal(sheet.getCell('C5').value, 1234567.89)
    assert.deepEqual(sheet.getCell('D5').value, new Date('2022-01-10T00:00:00Z'))
    assert.deepEqual([sheet.getCell('B6').value, sheet.getCell('C6').value], ['1人', 1234567.89])
    assert.equal(sheet.getCell('D6').border.bottom?.style, 'thin')
    const { paperSize, orientation, fitToPage, printTitlesRow } = sheet.pageSetup
    assert.deepEqual(
      [paperSize, orientation, fitToPage, printTitlesRow],
      [9, 'portrait', true, '4:4']
    )
    assert.equal(sheet.headerFooter.oddFooter, '&C&P / &N')
  })

  test('rare characters stay whole wherever they stand', async ({ assert }) => {
    const names = Array.from({ length: 6_000 }, (_, index) => ['𬭎'.repeat(1 + (index % 7))])
    const sheet = { name: '表', title: '名册', columns: [{ header: '姓名' }], rows: names }
    const { worksheets } = await byExceljs(await officialWorkbook([sheet]))
    const [read] = worksheets
    const back = names.map((_, index) => read.getCell(index + 3, 1).value)
    assert.deepEqual(back, names.flat())
  })

  test('refuses fen that are not whole', async ({ assert }) => {
    const sheet = { name: 'a', title: 'a', columns, rows: [['a', 1, 0.5, null]] }
    await assert.rejects(() => officialWorkbook([sheet]), /bad_value/)
  })
})
