import { test } from '@japa/runner'
import {
  sheetOf,
  workbookOf,
  workbookWith,
  type WorkbookParts,
} from '#tests/fixtures/spreadsheets/packages'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'

async function sheetsOf(parts: WorkbookParts) {
  const { sheets } = await readWorkbook({ buffer: workbookOf(parts) })
  return sheets
}

/** The cells of a row of one sheet, given as the markup of its cells. */
async function cellsOf(cells: string, parts: WorkbookParts = {}) {
  const [sheet] = await sheetsOf({ sheets: [sheetOf(`<row r="1">${cells}</row>`)], ...parts })
  return sheet.rows[0].cells
}

const XFS = (...formats: number[]) =>
  `<cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`

test.group('readWorkbook: cells', () => {
  test('reads each kind of cell by its value', async ({ assert }) => {
    const cells = await cellsOf(
      '<c r="A1" t="s"><v>1</v></c><c r="B1"><v>12</v></c><c r="C1" t="b"><v>1</v></c>' +
        '<c r="D1" t="e"><v>#N/A</v></c><c r="F1" t="inlineStr"><is><t>行内</t></is></c>' +
        '<c r="G1" t="str"><f>A1&amp;"x"</f><v>甲x</v></c><c r="H1"><f>1+1</f></c>',
      { strings: '<si><t>零</t></si><si><t>甲</t></si>' }
    )
    assert.deepEqual(cells, [
      { text: '甲', kind: 'text', raw: '甲' },
      { text: '12', kind: 'number', raw: '12' },
      { text: 'TRUE', kind: 'boolean', raw: '1' },
      { text: '#N/A', kind: 'error', raw: '#N/A' },
      { text: '', kind: 'blank', raw: '' },
      { text: '行内', kind: 'text', raw: '行内' },
      { text: '甲x', kind: 'text', raw: '甲x', formula: true },
      { text: '', kind: 'blank', raw: '', formula: true },
    ])
  })

  test('joins rich runs, leaves phonetic hints out, resolves references and escapes', async ({
    assert,
  }) => {
    const strings =
      '<si><r><rPr><b/></rPr><t xml:space="preserve">张 </t></r><r><t>三</t></r>' +
      '<rPh sb="0" eb="1"><t>zhang</t></rPh><phoneticPr fontId="1"/></si>' +
      '<si><t>a&lt;b &#20013;&#x4e2d;_x000D__x005F_x0041_</t></si>' +
      '<si><t><![CDATA[1 < 2 & 3]]></t></si><si><t>甲&#13;\r\n乙</t></si>'
    const cells = await cellsOf(
      '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c>',
      { strings }
    )
    assert.deepEqual(
      cells.map((cell) => cell.text),
      ['张 三', 'a<b 中中\r_x0041_', '1 < 2 & 3', '甲\r\n乙']
    )
  })

  test('number {raw} reads as {text}')
    .with([
      { raw: '5', text: '5' },
      { raw: '5.0', text: '5' },
      { raw: '-0', text: '0' },
      { raw: '1E3', text: '1000' },
      { raw: '0.1', text: '0.1' },
      { raw: '0.30000000000000004', text: '0.3' },
      { raw: '1.5E-7', text: '0.00000015' },
      { raw: '123456789012345.6', text: '123456789012346' },
      { raw: '519900198804286096', text: '519900198804286096' },
      { raw: '5.19900198804286E+17', text: '519900198804286000' },
      { raw: '5.1990019880428609E17', text: '519900198804286090' },
      { raw: '-12.50', text: '-12.5' },
    ])
    .run(async ({ assert }, { raw, text }) => {
      const [cell] = await cellsOf(`<c><v>${raw}</v></c>`)
      assert.deepEqual(cell, { text, kind: 'number', raw })
    })

  test('format {format} shows {raw} as {text}')
    .with([
      { format: 14, raw: '44571', text: '2022-01-10', kind: 'date' },
      { format: 31, raw: '44571.75', text: '2022-01-10', kind: 'date' },
      { format: 22, raw: '44571.75', text: '2022-01-10 18:00:00', kind: 'date' },
      { format: 22, raw: '44571', text: '2022-01-10', kind: 'date' },
      { format: 20, raw: '0.5', text: '12:00:00', kind: 'date' },
      { format: 14, raw: '1', text: '1900-01-01', kind: 'date' },
      { format: 14, raw: '59', text: '1900-02-28', kind: 'date' },
      { format: 14, raw: '60', text: '1900-02-29', kind: 'date' },
      { format: 14, raw: '61', text: '1900-03-01', kind: 'date' },
      { format: 14, raw: '0', text: '0', kind: 'number' },
      { format: 14, raw: '-3', text: '-3', kind: 'number' },
      { format: 14, raw: '2958466', text: '2958466', kind: 'number' },
      { format: 2, raw: '44571', text: '44571', kind: 'number' },
    ])
    .run(async ({ assert }, { format, raw, text, kind }) => {
      const [cell] = await cellsOf(`<c s="1"><v>${raw}</v></c>`, { styles: XFS(0, format) })
      assert.deepEqual([cell.text, cell.kind, cell.raw], [text, kind, raw])
    })

  test('format code {code} shows 44571.5 as {text}')
    .with([
      { code: 'yyyy"年"m"月"d"日";@', text: '2022-01-10' },
      { code: '[$-804]yyyy&quot;年&quot;m&quot;月&quot;', text: '2022-01-10' },
      { code: 'yyyy/m/d h:mm', text: '2022-01-10 12:00:00' },
      { code: 'mmm-yy', text: '2022-01-10' },
      { code: 'G/通用格式', text: '44571.5' },
      { code: '[Red]0.00E+00', text: '44571.5' },
      { code: '#,##0.00 "days"', text: '44571.5' },
      { code: '[DBNum1][$-804]General', text: '44571.5' },
    ])
    .run(async ({ assert }, { code, text }) => {
      const escaped = code.replaceAll('"', '&quot;')
      const styles = `<numFmts><numFmt numFmtId="170" formatCode="${escaped}"/></numFmts>${XFS(0, 170)}`
      const [cell] = await cellsOf('<c s="1"><v>44571.5</v></c>', { styles })
      assert.equal(cell.text, text)
    })

  test('counts from 1904 where the workbook says so', async ({ assert }) => {
    const parts = { styles: XFS(0, 14), workbookPr: 'date1904="1"' }
    const cells = await cellsOf('<c s="1"><v>43109</v></c><c s="1"><v>0</v></c>', parts)
    assert.deepEqual(
      cells.map((cell) => cell.text),
      ['2022-01-10', '1904-01-01']
    )
  })

  test('keeps the leading zeros that a format shows', async ({ assert }) => {
    const styles = `<numFmts><numFmt numFmtId="170" formatCode="000000"/></numFmts>${XFS(0, 170)}`
    const [cell] = await cellsOf('<c s="1"><v>123</v></c>', { styles })
    assert.deepEqual(cell, { text: '000123', kind: 'number', raw: '123' })
  })

  test('reads ISO dates of strict workbooks', async ({ assert }) => {
    const cells = await cellsOf(
      '<c t="d"><v>2022-01-10</v></c><c t="d"><v>2022-01-10T08:30:00</v></c>'
    )
    assert.deepEqual(
      cells.map(({ text, kind }) => [text, kind]),
      [
        ['2022-01-10', 'date'],
        ['2022-01-10 08:30:00', 'date'],
      ]
    )
  })
})

test.group('readWorkbook: sheets', () => {
  test('keeps sheet row numbers, hidden rows and gaps, leaves blank rows out', async ({
    assert,
  }) => {
    const [sheet] = await sheetsOf({
      sheets: [
        sheetOf(
          '<row r="2"><c r="B2"><v>1</v></c></row><row r="3"><c r="A3" s="1"/></row>' +
            '<row r="7" hidden="1"><c r="A7"><v>2</v></c></row><row><c><v>3</v></c></row>',
          '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
        ),
      ],
    })
    assert.deepEqual(
      sheet.rows.map((row) => [row.number, row.hidden, row.cells.map((cell) => cell.text)]),
      [
        [2, undefined, ['', '1']],
        [7, true, ['2']],
        [8, undefined, ['3']],
      ]
    )
    assert.deepEqual(sheet.merges, [{ fromRow: 1, fromColumn: 1, toRow: 1, toColumn: 3 }])
  })

  test('names the sheets in their order and says which are hidden', async ({ assert }) => {
    const row = sheetOf('<row r="1"><c><v>1</v></c></row>')
    const sheets = await sheetsOf({
      sheets: [row, sheetOf(''), row],
      sheetAttributes: ['', 'state="hidden"', 'state="veryHidden"'],
    })
    assert.deepEqual(
      sheets.map(({ name, hidden, rows }) => [name, hidden, rows.length]),
      [
        ['S1', false, 1],
        ['S2', true, 0],
        ['S3', true, 1],
      ]
    )
  })

  test('reads markup with prefixes, comments and single quotes, in UTF-16 too', async ({
    assert,
  }) => {
    const markup =
      "<?xml version='1.0'?><!-- a > b --><x:worksheet xmlns:x='m'><x:sheetData><x:row r='1'>" +
      "<x:c r='A1' t='inlineStr' x:note='a>b'><x:is><x:t>中</x:t ></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    const utf16 = Buffer.from(`\ufeff${markup}`, 'utf16le')
    for (const data of [markup, utf16]) {
      const buffer = workbookWith({ name: 'xl/worksheets/sheet1.xml', data })
      const { sheets } = await readWorkbook({ buffer })
      assert.equal(sheets[0].rows[0].cells[0].text, '中')
    }
  })

  test('reads the same whatever the size of the pieces', async ({ assert }) => {
    const rows = Array.from(
      { length: 3000 },
      (_, index) =>
        `<row r="${index + 1}"><c r="A${index + 1}" t="inlineStr"><is><t>人员&amp;${index}</t></is></c></row>`
    )
    const [sheet] = await sheetsOf({ sheets: [sheetOf(rows.join('\r\n'))] })
    assert.deepEqual(
      sheet.rows.map((row) => row.cells[0].text),
      rows.map((_, index) => `人员&${index}`)
    )
  })
})
