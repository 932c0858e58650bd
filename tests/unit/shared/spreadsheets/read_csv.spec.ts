import { test } from '@japa/runner'
import { refusal, refusalCode } from '#tests/fixtures/spreadsheets/refusal'
import { readCsv } from '#shared/spreadsheets/csv_reader'
import type { Limits } from '#shared/spreadsheets/limits'

const textsOf = async (content: string | Buffer, limits?: Partial<Limits>) => {
  const { sheets } = await readCsv({ buffer: Buffer.from(content) }, limits)
  return sheets[0].rows.map((row) => row.cells.map((cell) => cell.text))
}
const refuse = (content: string | Buffer, limits?: Partial<Limits>) =>
  refusal(() => textsOf(content, limits))
const codeOf = (content: string | Buffer, limits?: Partial<Limits>) =>
  refusalCode(() => textsOf(content, limits))

/** 姓名 and a rare character of four bytes, in GB18030 */
const GB18030 = Buffer.from('d0d5c3fb2c8139ee390d0ad5c5c8fd2cc4d0', 'hex')

function bigEndian(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
}

test.group('readCsv', () => {
  test('detects {encoding}')
    .with([
      { encoding: 'utf-8', content: Buffer.from('姓名,㐀\n张三,男') },
      { encoding: 'utf-8-bom', content: Buffer.from('\ufeff姓名,㐀\n张三,男') },
      { encoding: 'utf-16le', content: Buffer.from('\ufeff姓名,㐀\n张三,男', 'utf16le') },
      { encoding: 'utf-16be', content: bigEndian('姓名,㐀\n张三,男') },
      { encoding: 'gb18030', content: GB18030 },
    ])
    .run(async ({ assert }, { encoding, content }) => {
      const table = await readCsv({ buffer: content })
      assert.deepInclude(table, { format: 'csv', encoding })
      assert.deepEqual(await textsOf(content), [
        ['姓名', '㐀'],
        ['张三', '男'],
      ])
    })

  test('detects the delimiter {name}')
    .with([
      { name: 'comma', delimiter: ',' },
      { name: 'tab', delimiter: '\t' },
      { name: 'semicolon', delimiter: ';' },
    ])
    .run(async ({ assert }, { delimiter }) => {
      const lines = [
        '名册，2022年',
        `甲${delimiter}"a,b;c\td"${delimiter}乙`,
        `1${delimiter}2${delimiter}3`,
      ]
      const rows = await textsOf(lines.join('\n'))
      assert.deepEqual(rows, [['名册，2022年'], ['甲', 'a,b;c\td', '乙'], ['1', '2', '3']])
    })

  test('numbers rows as a spreadsheet does, blank ones and breaks in cells included', async ({
    assert,
  }) => {
    const content = '标题,\r\n\r\n"一\r\n二",x\r\n,,\r\n末,y,,\r\n'
    const { sheets } = await readCsv({ buffer: Buffer.from(content) })
    assert.deepEqual(
      sheets[0].rows.map((row) => [row.number, ...row.cells.map((cell) => cell.text)]),
      [
        [1, '标题'],
        [3, '一\r\n二', 'x'],
        [5, '末', 'y'],
      ]
    )
    assert.deepEqual(sheets[0].rows[0].cells, [{ text: '标题', kind: 'text', raw: '标题' }])
  })

  test('takes off the mark of our own export and no other', async ({ assert }) => {
    const fields = ["'=1+1", "'＠x", "''=1", "'-5", "'甲", "'", "it's", '-5']
    const expected = ['=1+1', '＠x', "'=1", '-5', "'甲", "'", "it's", '-5']
    assert.deepEqual(await textsOf(fields.join(',')), [expected])
  })

  test('reads stray quotes and the end mark of old programs', async ({ assert }) => {
    assert.deepEqual(await textsOf('5" 屏,b\r\nc,d\x1a'), [
      ['5" 屏', 'b'],
      ['c', 'd'],
    ])
  })

  test('refuses beyond the limits', async ({ assert }) => {
    assert.equal(await codeOf('a\nb\nc', { rows: 2 }), 'too_many_rows')
    assert.equal(await codeOf('a,b,c', { columns: 2 }), 'too_many_columns')
    assert.equal(await codeOf('a,b,,,,', { columns: 2 }), 'none')
    assert.equal(await codeOf('abcd', { cellChars: 3 }), 'cell_too_long')
    assert.equal(await codeOf('abcd', { fileBytes: 3 }), 'too_large')
  })

  test('refuses a line of millions of commas, of quotes, of letters', async ({ assert }) => {
    const before = process.resourceUsage().maxRSS
    const size = 8 * 1024 * 1024
    assert.equal(await codeOf(','.repeat(size)), 'too_many_columns')
    assert.equal(await codeOf(`"${'x'.repeat(size)}`), 'row_too_long')
    assert.equal(await codeOf('x'.repeat(size)), 'row_too_long')
    assert.equal(await codeOf('\n'.repeat(size)), 'too_many_rows')
    assert.isBelow(process.resourceUsage().maxRSS - before, 150 * 1024)
  })

  test('refuses a quote that is never closed', async ({ assert }) => {
    assert.deepEqual(await refuse('a,b\n"c,d\ne,f'), { code: 'damaged', params: { place: '3' } })
  })
})
