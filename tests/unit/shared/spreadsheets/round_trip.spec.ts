import { parse } from 'csv-parse/sync'
import { inflateRawSync } from 'node:zlib'
import { test } from '@japa/runner'
import { fromBufferPromise } from 'yauzl'
import { MemoryTarget } from '#tests/fixtures/spreadsheets/memory_target'
import { hostileTexts, inRows } from '#tests/fixtures/spreadsheets/samples'
import { readCsv } from '#shared/spreadsheets/csv_reader'
import { writeCsv } from '#shared/spreadsheets/csv_writer'
import { officialWorkbook } from '#shared/spreadsheets/official_workbook'
import { writeRegister } from '#shared/spreadsheets/register_writer'
import type { Sheet } from '#shared/spreadsheets/types'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'

const COUNT = 50_000
const WIDTH = 20
const SEED = 20220110
const columns = Array.from({ length: WIDTH }, (_, index) => ({ header: `列${index + 1}` }))

/** The texts of a sheet behind its header, padded to the width, as they were written. */
function textsOf(sheet: Sheet, rows: number): string[] {
  const byNumber = new Map(sheet.rows.map((row) => [row.number, row.cells]))
  return Array.from({ length: rows * WIDTH }, (_, index) => {
    const cells = byNumber.get(2 + Math.floor(index / WIDTH))
    return cells?.[index % WIDTH]?.text ?? ''
  })
}

async function partOf(bytes: Buffer, name: string): Promise<string> {
  const zip = await fromBufferPromise(bytes)
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== name) continue
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
    const packed = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize)
    return inflateRawSync(packed).toString()
  }
  throw new Error(`no part ${name}`)
}

test.group('round trip of 50,000 texts', () => {
  const texts = hostileTexts(COUNT, SEED)
  const rows = inRows(texts, WIDTH)

  test('xlsx: every text comes back as it was, as a string cell', async ({ assert }) => {
    const target = new MemoryTarget()
    await writeRegister(target, { sheets: [{ name: '表', columns, rows }] })
    const { sheets } = await readWorkbook({ buffer: target.bytes })
    const back = textsOf(sheets[0], rows.length)
    assert.deepEqual(
      back,
      texts.map((text) => text.toWellFormed())
    )
    assert.isTrue(
      sheets[0].rows.every(({ cells }) =>
        cells.every((cell) => (cell.kind === 'text' || cell.kind === 'blank') && !cell.formula)
      )
    )
    const markup = await partOf(target.bytes, 'xl/worksheets/sheet1.xml')
    assert.notMatch(markup, /<f[ >/]|<v>/)
  }).timeout(120_000)

  test('CSV: every text comes back, none begins as a formula', async ({ assert }) => {
    const target = new MemoryTarget()
    await writeCsv(target, { columns, rows })
    const { sheets } = await readCsv({ buffer: target.bytes })
    const back = textsOf(sheets[0], rows.length)
    // eslint-disable-next-line no-control-regex
    const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g
    assert.deepEqual(
      back,
      texts.map((text) => text.toWellFormed().replace(controls, '\ufffd'))
    )
    const fields: string[][] = parse(target.bytes.subarray(3), { record_delimiter: '\r\n' })
    assert.lengthOf(fields, rows.length + 1)
    const begins = /^[=+\-@\t\r\n＝＋－＠]/
    assert.deepEqual(
      fields.flat().filter((field) => begins.test(field)),
      []
    )
  }).timeout(120_000)

  test('official workbook: text stays text', async ({ assert }) => {
    const some = texts.filter((text) => text !== '').slice(0, 2_000)
    const bytes = await officialWorkbook([
      {
        name: '表',
        title: '=标题',
        columns: [{ header: '+列' }],
        rows: some.map((text) => [text]),
      },
    ])
    const { sheets } = await readWorkbook({ buffer: bytes })
    const [title, header, ...body] = sheets[0].rows.map((row) => row.cells[0])
    assert.deepEqual([title.text, header.text], ['=标题', '+列'])
    assert.deepEqual(
      body.map((cell) => cell.text),
      some.map((text) => text.toWellFormed())
    )
    assert.isTrue(body.every((cell) => cell.kind === 'text' && !cell.formula))
  }).timeout(120_000)
})
