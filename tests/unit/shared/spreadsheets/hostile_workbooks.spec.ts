import { test } from '@japa/runner'
import {
  bomb,
  relations,
  sheetOf,
  workbookEntries,
  workbookOf,
  workbookWith,
  zip,
} from '#tests/fixtures/spreadsheets/packages'
import { refusal, refusalCode } from '#tests/fixtures/spreadsheets/refusal'
import type { Limits } from '#shared/spreadsheets/limits'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'

const SHEET = 'xl/worksheets/sheet1.xml'
const row = (cells: string, attributes = 'r="1"') => `<row ${attributes}>${cells}</row>`
const sheet = (rows: string, after = '') => workbookOf({ sheets: [sheetOf(rows, after)] })
const refuse = (buffer: Buffer, limits?: Partial<Limits>) =>
  refusal(() => readWorkbook({ buffer }, limits))
const codeOf = (buffer: Buffer, limits?: Partial<Limits>) =>
  refusalCode(() => readWorkbook({ buffer }, limits))

test.group('hostile workbooks: size', () => {
  test('1 GiB of spaces in 1 MB, declared', async ({ assert }) => {
    const packed = bomb(' ', 16 * 1024 * 1024, 64)
    assert.isBelow(packed.length, 2 * 1024 * 1024)
    const entry = { name: SHEET, packed, declaredSize: 2 ** 30 }
    assert.equal(await codeOf(workbookWith(entry)), 'unpacked_too_large')
  })

  test('1 GiB of spaces that is declared as 1 kB', async ({ assert }) => {
    const packed = bomb(' ', 16 * 1024 * 1024, 64)
    const before = process.resourceUsage().maxRSS
    const error = await refuse(workbookWith({ name: SHEET, packed, declaredSize: 1024 }))
    assert.deepEqual(error, { code: 'damaged', params: { place: SHEET } })
    assert.isBelow(process.resourceUsage().maxRSS - before, 150 * 1024)
  })

  test('a part that outgrows its packed size beyond measure', async ({ assert }) => {
    const packed = bomb(' ', 1024 * 1024, 16)
    const spaces = { name: SHEET, packed, declaredSize: 16 * 1024 * 1024 }
    const error = await refuse(workbookWith(spaces))
    assert.deepEqual(error, { code: 'compression_ratio', params: { place: SHEET, value: 150 } })
  })

  test('20 million shared strings', async ({ assert }) => {
    const before = process.resourceUsage().maxRSS
    const name = 'xl/sharedStrings.xml'
    const counted = workbookWith({ name, data: '<sst uniqueCount="20000000"></sst>' })
    assert.equal(await codeOf(counted), 'too_many_strings')
    const packed = bomb('<si/>', 2_000_000, 10)
    const declared = workbookWith({ name, packed, declaredSize: 100_000_000 })
    assert.equal(await codeOf(declared), 'compression_ratio')
    const lying = workbookWith({ name, packed, declaredSize: 1_000 })
    assert.equal(await codeOf(lying), 'damaged')
    const opening = Buffer.from('<sst>')
    const open = Buffer.concat([opening, Buffer.from('<si/>'.repeat(1_000_001))])
    assert.equal(await codeOf(workbookWith({ name, data: open })), 'too_many_strings')
    assert.isBelow(process.resourceUsage().maxRSS - before, 150 * 1024)
  })

  test('more shared strings, or longer ones together, than allowed', async ({ assert }) => {
    const buffer = workbookOf({ strings: '<si><t>abc</t></si>'.repeat(11) })
    assert.equal(await codeOf(buffer, { sharedStrings: 10 }), 'too_many_strings')
    assert.equal(await codeOf(buffer, { sharedStringChars: 30 }), 'too_many_strings')
    assert.equal(await codeOf(buffer, { sharedStrings: 11, sharedStringChars: 33 }), 'none')
  })

  test('parts that are small each and large together', async ({ assert }) => {
    const data = sheetOf(row('<c><v>1</v></c>') + ' '.repeat(5000))
    const buffer = workbookOf({ sheets: [data, data, data] })
    assert.equal(await codeOf(buffer, { unpackedBytes: 12_000 }), 'unpacked_too_large')
  })

  test('a large part that is read again and again under many names', async ({ assert }) => {
    const data = sheetOf(row('<c><v>1</v></c>') + ' '.repeat(5000))
    const again = relations(
      ['rId1', 'rId2', 'rId3'].map((id) => [id, 'worksheet', 'worksheets/sheet1.xml'])
    )
    const entries = workbookEntries({ sheets: [data, '', ''] })
    const relationsPart = entries.find(({ name }) => name === 'xl/_rels/workbook.xml.rels')!
    relationsPart.data = again
    const error = await refuse(zip(entries), { unpackedBytes: 12_000 })
    assert.equal(error.code, 'unpacked_too_large')
  })

  test('one long string named by many cells', async ({ assert }) => {
    const strings = `<si><t>${'长'.repeat(30_000)}</t></si>`
    const cells = '<c t="s"><v>0</v></c>'.repeat(100)
    const buffer = workbookOf({ strings, sheets: [sheetOf(row(cells))] })
    assert.equal(await codeOf(buffer, { textChars: 2_000_000 }), 'too_much_text')
  })

  test('rows, columns, sheets, parts, merges, cells beyond the limits', async ({ assert }) => {
    const cell = '<c t="inlineStr"><is><t>abcd</t></is></c>'
    const rows = [1, 2, 3].map((number) => row(cell + cell, `r="${number}"`)).join('')
    const merges = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    const buffer = workbookOf({ sheets: [sheetOf(rows, merges), sheetOf('')] })
    assert.equal(await codeOf(buffer), 'none')
    assert.equal(await codeOf(buffer, { rows: 2 }), 'too_many_rows')
    assert.equal(await codeOf(buffer, { columns: 1 }), 'too_many_columns')
    assert.equal(await codeOf(buffer, { sheets: 1 }), 'too_many_sheets')
    assert.equal(await codeOf(buffer, { parts: 3 }), 'too_many_parts')
    assert.equal(await codeOf(buffer, { merges: 1 }), 'too_many_merges')
    assert.equal(await codeOf(buffer, { cellChars: 3 }), 'cell_too_long')
    assert.equal(await codeOf(buffer, { fileBytes: 100 }), 'too_large')
  })

  test('blank formatted rows and cells beyond the limits are no rows and cells', async ({
    assert,
  }) => {
    const blanks = Array.from({ length: 500 }, (_, n) => row('<c s="1"/>', `r="${n + 2}"`)).join('')
    const wide = row('<c r="A1"><v>1</v></c><c r="XFD1" s="1"/>')
    const error = await refuse(sheet(wide + blanks), { rows: 1, columns: 1 })
    assert.equal(error.code, 'none')
  })

  test('a cell longer than any program can hold', async ({ assert }) => {
    const cell = (text: string) => sheet(row(`<c t="inlineStr"><is><t>${text}</t></is></c>`))
    assert.equal(await codeOf(cell('x'.repeat(32_767))), 'none')
    assert.equal(await codeOf(cell('x'.repeat(32_768))), 'cell_too_long')
    assert.equal(await codeOf(cell('x'.repeat(700_000))), 'cell_too_long')
    assert.equal(await codeOf(cell('&#x4e2d;'.repeat(32_767))), 'none')
  })
})

test.group('hostile workbooks: references', () => {
  test('cell {reference}')
    .with([
      { reference: 'ZZZZZZ999999999' },
      { reference: 'XFE1' },
      { reference: 'A0' },
      { reference: 'A1048577' },
      { reference: '11' },
      { reference: 'A-1' },
      { reference: 'A' },
      { reference: '' },
      { reference: 'A2' },
      { reference: 'A1B' },
    ])
    .run(async ({ assert }, { reference }) => {
      const error = await refuse(sheet(row(`<c r="${reference}"><v>1</v></c>`)))
      assert.equal(error.code, 'bad_reference')
      assert.deepEqual(error.params, { place: 'S1', value: reference })
    })

  test('row {number}')
    .with([{ number: '0' }, { number: '1048577' }, { number: '1e3x' }, { number: '1.5' }])
    .run(async ({ assert }, { number }) => {
      const error = await refuse(sheet(row('<c><v>1</v></c>', `r="${number}"`)))
      assert.equal(error.code, 'bad_reference')
    })

  test('cells and rows twice or out of order', async ({ assert }) => {
    const cell = (reference: string) => `<c r="${reference}"><v>1</v></c>`
    const twice = row(cell('B1') + cell('B1'))
    const backwards = row(cell('B1') + cell('A1'))
    const rows = row(cell('A2'), 'r="2"') + row(cell('A1'), 'r="1"')
    const nested = row(row(cell('A2'), 'r="2"'))
    for (const content of [twice, backwards, rows, nested, cell('A1')]) {
      assert.equal(await codeOf(sheet(content)), 'bad_reference')
    }
  })

  test('a merge of the whole sheet', async ({ assert }) => {
    const merge = (ref: string) =>
      sheet(row('<c><v>1</v></c>'), `<mergeCells><mergeCell ref="${ref}"/></mergeCells>`)
    assert.equal(await codeOf(merge('A1:XFD1048576')), 'bad_merge')
    assert.equal(await codeOf(merge('A1:ZZZZZ9')), 'bad_reference')
    assert.equal(await codeOf(merge('C3:A1')), 'bad_reference')
    assert.equal(await codeOf(merge('A1:XFD1')), 'none')
  })

  test('a shared string that does not exist', async ({ assert }) => {
    for (const index of ['7', '-1', '1e0', 'x', '99999999999']) {
      const buffer = sheet(row(`<c t="s"><v>${index}</v></c>`))
      assert.equal(await codeOf(buffer), 'damaged')
    }
  })
})

test.group('hostile workbooks: markup', () => {
  const ENTITIES =
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

  test('a document type with entities, in any part and encoding', async ({ assert }) => {
    const markup = ENTITIES + sheetOf(row('<c t="str"><v>&b;</v></c>'))
    for (const data of [markup, Buffer.from(`\ufeff${markup}`, 'utf16le')]) {
      const error = await refuse(workbookWith({ name: SHEET, data }))
      assert.deepInclude(error, { code: 'doctype' })
      assert.equal(error.params.place, SHEET)
    }
    for (const name of [
      '_rels/.rels',
      'xl/workbook.xml',
      'xl/styles.xml',
      'xl/sharedStrings.xml',
    ]) {
      const data = `<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>`
      assert.equal(await codeOf(workbookWith({ name, data })), 'doctype')
    }
  })

  test('markup that is not well formed', async ({ assert }) => {
    const broken = [
      sheetOf('<row r="1"><c><v>1</v></c>'),
      `${sheetOf('')}<more/>`,
      `text ${sheetOf('')}`,
      sheetOf(row('<c><v>&unknown;</v></c>')),
      sheetOf(row('<c><v>&#0;</v></c>')),
      sheetOf(row('<c><v>1 & 2</v></c>')),
      sheetOf(row('<c r=A1><v>1</v></c>')),
      sheetOf(row('<c <v>1</v></c>')),
      sheetOf(row('<c><v>1</c></v>')),
      sheetOf(row('<c><v>12a</v></c>')),
      sheetOf(row('<c t="q"><v>1</v></c>')),
      sheetOf('<a>'.repeat(200) + '</a>'.repeat(200)),
      '<worksheet><sheetData><row',
      '<worksheet><!-- never closed',
      '<worksheet><![CDATA[ never closed',
      '',
    ]
    for (const data of broken) {
      const error = await refuse(workbookWith({ name: SHEET, data }))
      assert.equal(error.code, 'damaged', data)
    }
    const text = Buffer.from(sheetOf(row('<c t="str"><v>@</v></c>')), 'latin1')
    text[text.indexOf('@')] = 0xff
    assert.equal(await codeOf(workbookWith({ name: SHEET, data: text })), 'damaged')
  })
})

test.group('hostile workbooks: package', () => {
  test('parts twice, whatever their case', async ({ assert }) => {
    const entries = workbookEntries({})
    const twice = zip([...entries, { name: 'XL/Workbook.xml', data: '<workbook/>' }])
    assert.equal(await codeOf(twice), 'duplicate_part')
  })

  test('names that lead out of the package', async ({ assert }) => {
    for (const name of ['../evil.xml', '/etc/passwd', 'xl/../../evil', 'C:/evil.xml']) {
      const buffer = zip([...workbookEntries({}), { name, data: 'x' }])
      assert.equal(await codeOf(buffer), 'bad_path', name)
    }
  })

  test('relations that lead out of the package or nowhere', async ({ assert }) => {
    for (const target of ['../../../etc/passwd', 'file:///etc/passwd', 'worksheets/none.xml', '']) {
      const data = relations([['rId1', 'worksheet', target]])
      const buffer = workbookWith({ name: 'xl/_rels/workbook.xml.rels', data })
      assert.equal(await codeOf(buffer), 'damaged')
    }
  })

  test('wrong checksum, wrong sizes, unknown compression, encrypted parts', async ({ assert }) => {
    const data = sheetOf(row('<c><v>1</v></c>'))
    const lies = [{ crc: 1 }, { declaredSize: 5 }, { packed: Buffer.from('nonsense') }]
    for (const lie of lies) {
      assert.equal(await codeOf(workbookWith({ name: SHEET, data, ...lie })), 'damaged')
    }
    const method = workbookWith({ name: SHEET, data, method: 12 })
    assert.equal(await codeOf(method), 'unsupported_format')
    const flags = workbookWith({ name: SHEET, data, flags: 1 })
    assert.equal(await codeOf(flags), 'encrypted')
  })

  test('a package cut off anywhere', async ({ assert }) => {
    const whole = sheet(row('<c><v>1</v></c>'))
    for (let length = 4; length < whole.length; length += 97) {
      assert.equal(await codeOf(whole.subarray(0, length)), 'damaged')
    }
  })

  test('packages that are no workbook', async ({ assert }) => {
    const main = (target: string) => ({
      name: '_rels/.rels',
      data: relations([['rId1', 'officeDocument', target]]),
    })
    const docx = zip([
      main('word/document.xml'),
      { name: 'word/document.xml', data: '<w:document xmlns:w="w"/>' },
      { name: 'word/_rels/document.xml.rels', data: relations([]) },
    ])
    const ods = zip([{ name: 'mimetype' }, { name: 'content.xml', data: '<x/>' }])
    assert.equal(await codeOf(docx), 'not_a_spreadsheet')
    const xlsb = zip([main('xl/workbook.bin')])
    const unsupported = (value: string) => ({ code: 'unsupported_format', params: { value } })
    assert.deepEqual(await refuse(ods), unsupported('ods'))
    assert.deepEqual(await refuse(xlsb), unsupported('xlsb'))
    assert.equal(await codeOf(zip([{ name: 'a.txt', data: 'a' }])), 'not_a_spreadsheet')
    assert.equal(await codeOf(zip([])), 'not_a_spreadsheet')
  })

  test('a workbook without a single value', async ({ assert }) => {
    assert.equal(await codeOf(sheet(row('<c s="1"/>'))), 'empty')
  })
})
