import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { sheetOf, workbookOf } from '#tests/fixtures/spreadsheets/packages'
import { refusal, refusalCode } from '#tests/fixtures/spreadsheets/refusal'
import { readTable } from '#shared/spreadsheets/table_reader'

const DATA = join(import.meta.dirname, '../../../fixtures/data')
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

test.group('readTable', (group) => {
  let folder = ''
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheets-'))
    return () => rm(folder, { recursive: true })
  })

  const read = async (name: string, content: string | Buffer) => {
    const path = join(folder, 'upload')
    await writeFile(path, content)
    return readTable(path, name)
  }

  test('reads by content whatever table the name promises', async ({ assert }) => {
    const workbook = workbookOf({ sheets: [sheetOf('<row><c><v>1</v></c></row>')] })
    for (const name of ['a.xlsx', 'A.XLSX', 'a.csv', 'a.xls', 'a.txt']) {
      assert.deepInclude(await read(name, workbook), { format: 'xlsx' })
      assert.deepInclude(await read(name, '姓名,性别\r\n张三,男'), { format: 'csv' })
    }
  })

  test('refuses {what} as {code}')
    .with([
      {
        what: 'an old workbook',
        content: Buffer.concat([OLE, utf16('Workbook')]),
        code: 'legacy_xls',
      },
      {
        what: 'a workbook with a password',
        content: Buffer.concat([OLE, Buffer.alloc(600), utf16('EncryptedPackage')]),
        code: 'encrypted',
      },
      {
        what: 'an old letter',
        content: Buffer.concat([OLE, utf16('WordDocument')]),
        code: 'not_a_spreadsheet',
      },
      { what: 'a program', content: 'MZ\x90\0\x03\0\0\0', code: 'not_a_spreadsheet' },
      { what: 'another program', content: '\x7fELF\x02\x01\x01', code: 'not_a_spreadsheet' },
      { what: 'a script', content: '#!/bin/sh\nrm -rf /\n', code: 'not_a_spreadsheet' },
      {
        what: 'a picture',
        content: Buffer.from('89504e470d0a1a0a', 'hex'),
        code: 'not_a_spreadsheet',
      },
      { what: 'a PDF', content: '%PDF-1.7\n', code: 'not_a_spreadsheet' },
      { what: 'a web page', content: '<html><table></table>', code: 'unsupported_format' },
      { what: 'an XML table', content: '\ufeff<?xml version="1.0"?>', code: 'unsupported_format' },
      { what: 'a damaged workbook', content: 'PK\x03\x04 and no more', code: 'damaged' },
      { what: 'control characters', content: 'a,b\x01,c', code: 'not_a_spreadsheet' },
      {
        what: 'no known encoding',
        content: Buffer.from([0x61, 0xff, 0x62, 0xff]),
        code: 'bad_encoding',
      },
      { what: 'nothing', content: '', code: 'empty' },
      { what: 'blank lines', content: '\r\n,,\r\n', code: 'empty' },
    ])
    .run(async ({ assert }, { content, code }) => {
      assert.equal(await refusalCode(() => read('roster.xlsx', content)), code)
    })

  test('refuses random bytes', async ({ assert }) => {
    let state = 7
    const random = () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16
    for (let round = 0; round < 50; round++) {
      const bytes = Buffer.from(Array.from({ length: 600 }, () => random() & 255))
      assert.oneOf(await refusalCode(() => read('a.csv', bytes)), [
        'bad_encoding',
        'not_a_spreadsheet',
      ])
    }
  })

  test('refuses names that no table has, and what is no file', async ({ assert }) => {
    for (const name of ['a.exe', 'a.docx', 'a', 'a.csv.php']) {
      assert.equal(await refusalCode(() => read(name, 'a,b')), 'wrong_extension')
    }
    assert.equal(await refusalCode(() => readTable(folder, 'a.csv')), 'unreadable')
    assert.equal(await refusalCode(() => readTable(join(folder, 'no'), 'a.csv')), 'unreadable')
  })

  test('refuses a file over 20 MB unread', async ({ assert }) => {
    const path = join(folder, 'large')
    await writeFile(path, 'a,b')
    await truncate(path, 20 * 1024 * 1024 + 1)
    const error = await refusal(() => readTable(path, 'a.csv'))
    assert.deepEqual(error, { code: 'too_large', params: { value: 20 * 1024 * 1024 } })
  })
})

test.group('readTable: sample data', () => {
  const table = (name: string) => readTable(join(DATA, name), name)

  test('{file}: sheets and rows')
    .with([
      {
        file: 'posts.xlsx',
        sheets: [
          ['部门', 14],
          ['岗位', 31],
        ],
      },
      {
        file: 'quotas.xlsx',
        sheets: [
          ['编制核定', 8],
          ['新增职能岗位', 5],
        ],
      },
      {
        file: 'rosters/tv-station.xlsx',
        sheets: [
          ['在职人员', 188],
          ['填表说明', 1],
        ],
      },
      {
        file: 'rosters/newspaper.xlsx',
        sheets: [
          ['在职人员', 84],
          ['填表说明', 1],
        ],
      },
      { file: 'rosters/opinion-centre.gbk.csv', sheets: [['', 15]] },
      { file: 'pay/wage-base.xlsx', sheets: [['工资基础', 158]] },
      { file: 'selection/contracts.xlsx', sheets: [['合同台账', 118]] },
      {
        file: 'selection/round-1.xlsx',
        sheets: [
          ['岗位', 13],
          ['志愿', 118],
          ['考核评分', 417],
        ],
      },
    ])
    .run(async ({ assert }, { file, sheets }) => {
      const read = await table(file)
      const found = read.sheets.map(({ name, rows }) => [name, rows.length])
      assert.deepEqual(found, sheets)
    })

  test('a roster keeps its row numbers, dates and digits', async ({ assert }) => {
    const { sheets } = await table('rosters/newspaper.xlsx')
    const person = sheets[0].rows.find((row) => row.number === 4)!
    const [, name, , identity, birth] = person.cells
    assert.deepEqual(name, { text: '马文', kind: 'text', raw: '马文' })
    assert.equal(identity.text, '519900198601223546')
    assert.deepEqual([birth.kind, birth.text], ['date', '1986-01-22'])
    assert.equal(sheets[0].rows.at(-1)!.cells[0].text, '填表人:')
  })

  test('a CSV file of an old program is told by its bytes', async ({ assert }) => {
    const roster = await table('rosters/opinion-centre.gbk.csv')
    assert.deepInclude(roster, { format: 'csv', encoding: 'gb18030', delimiter: ',' })
    assert.equal(roster.sheets[0].rows[0].cells[0].text, '舆情中心人员情况表')
    assert.equal(roster.sheets[0].rows[1].cells.length, 15)
  })

  test('every row that the sample expectations name is there, a blank one as a gap', async ({
    assert,
  }) => {
    const expected = JSON.parse(await readFile(join(DATA, 'rosters/expected.json'), 'utf8'))
    for (const { file, row, code } of expected.rows) {
      // row 0 is a remark on the whole file
      if (row === 0) continue
      const { sheets } = await table(file)
      const present = sheets[0].rows.some(({ number }) => number === row)
      assert.equal(present, code !== 'blank_row', `${file} ${row}`)
    }
  })
})
