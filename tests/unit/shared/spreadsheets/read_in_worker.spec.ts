import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { sheetOf, workbookOf } from '#tests/fixtures/spreadsheets/packages'
import { refusal } from '#tests/fixtures/spreadsheets/refusal'
import { collect } from '#shared/spreadsheets/source'
import { readTable } from '#shared/spreadsheets/table_reader'
import type { Row, TablePart } from '#shared/spreadsheets/types'
import { packed } from '#shared/spreadsheets/worker_messages'
import { readInWorker } from '#shared/spreadsheets/worker_reader'

const ROOT = join(import.meta.dirname, '../../../..')
const DATA = join(ROOT, 'tests/fixtures/data')
const ROSTER = join(DATA, 'rosters/tv-station.xlsx')

test.group('readInWorker', (group) => {
  let folder = ''
  group.each.setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheets-'))
    return () => rm(folder, { recursive: true })
  })

  const manyRows = async (count: number) => {
    const path = join(folder, 'many.xlsx')
    const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(15)}</row>`
    const strings = '<si><t>人员</t></si>'
    await writeFile(path, workbookOf({ strings, sheets: [sheetOf(row.repeat(count))] }))
    return path
  }

  test('hands over the same as a reading on this thread', async ({ assert }) => {
    for (const path of [ROSTER, join(DATA, 'rosters/opinion-centre.gbk.csv')]) {
      const table = await collect(readInWorker(path, path))
      assert.deepEqual(table, await readTable(path, path))
    }
  })

  test('hands over large tables in small pieces', async ({ assert }) => {
    const path = await manyRows(5_000)
    let rows = 0
    for await (const part of readInWorker(path, 'a.xlsx')) {
      if (part.type !== 'rows') continue
      rows += part.rows.length
      assert.isAtMost(part.rows.length, 400)
    }
    assert.equal(rows, 5_000)
  })

  test('passes refusals on with their params', async ({ assert }) => {
    const limits = { rows: 100 }
    const error = await refusal(() => collect(readInWorker(ROSTER, 'a.xlsx', limits)))
    assert.deepEqual(error, { code: 'too_many_rows', params: { place: '在职人员', value: 100 } })
    const missing = await refusal(() => collect(readInWorker(join(folder, 'no'), 'a.xlsx')))
    assert.equal(missing.code, 'unreadable')
  })

  test('ends when its time is used up', async ({ assert }) => {
    const error = await refusal(() => collect(readInWorker(ROSTER, 'a.xlsx', { timeMs: 1 })))
    assert.equal(error.code, 'timeout')
  })

  test('ends when its memory is used up, and this thread lives', async ({ assert }) => {
    const path = await manyRows(5_000)
    const error = await refusal(() => collect(readInWorker(path, 'a.xlsx', { memoryMb: 4 })))
    assert.equal(error.code, 'out_of_memory')
  })

  test('ends with the loop that reads it', async ({ assert }) => {
    const path = await manyRows(5_000)
    const reader = readInWorker(path, 'a.xlsx')
    for await (const part of reader) {
      if (part.type === 'rows') break
    }
    assert.deepEqual(await reader.next(), { done: true, value: undefined })
  })

  const rowsOf = (count: number, width = 1, chars = 1): Row[] =>
    Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      cells: Array.from({ length: width }, () => {
        const text = 'x'.repeat(chars)
        return { text, kind: 'text', raw: text }
      }),
    }))
  const ofSheet = (sheet: number, rows: Row[]): TablePart => ({ type: 'rows', sheet, rows })
  const repack = async (...parts: TablePart[]) => {
    const stream = async function* () {
      yield* parts
    }
    return Array.fromAsync(packed(stream()))
  }
  const sizes = async (...parts: TablePart[]) =>
    (await repack(...parts)).map((part) =>
      part.type === 'rows' ? part.rows.numbers.length : part.type
    )

  test('reads on after a file that was left, one that was refused and two at once', async ({
    assert,
  }) => {
    const path = await manyRows(5_000)
    const whole = async () => {
      const { sheets } = await collect(readInWorker(path, 'a.xlsx'))
      assert.lengthOf(sheets[0].rows, 5_000)
    }
    await whole()
    for await (const part of readInWorker(path, 'a.xlsx')) {
      if (part.type === 'rows') break
    }
    await whole()
    await refusal(() => collect(readInWorker(ROSTER, 'a.xlsx', { rows: 100 })))
    await Promise.all([whole(), whole()])
    await whole()
  })

  test('cuts wide and long rows into smaller pieces', async ({ assert }) => {
    assert.deepEqual(await sizes(ofSheet(0, rowsOf(900, 2))), [400, 400, 100])
    assert.deepEqual(await sizes(ofSheet(0, rowsOf(100, 200))), [40, 40, 20])
    assert.deepEqual(await sizes(ofSheet(0, rowsOf(5, 50, 10_000))), [2, 2, 1])
    assert.deepEqual(await sizes(ofSheet(0, [])), [])
  })

  test('puts small pieces of a sheet together, never across what stands between', async ({
    assert,
  }) => {
    const merges: TablePart = { type: 'merges', sheet: 0, merges: [] }
    const parts = [117, 117, 117, 117].map((count) => ofSheet(0, rowsOf(count)))
    assert.deepEqual(await sizes(...parts), [400, 68])
    const sheets = [ofSheet(0, rowsOf(3)), merges, ofSheet(0, rowsOf(2)), ofSheet(1, rowsOf(4))]
    assert.deepEqual(await sizes(...sheets), [3, 'merges', 2, 4])
    assert.deepEqual(
      (await repack(...sheets)).map((part) => ('sheet' in part ? part.sheet : null)),
      [0, 0, 0, 1]
    )
  })
})

test('the reading thread loads nothing of the application', async ({ assert }) => {
  const folder = join(ROOT, 'app/shared/spreadsheets')
  const allowed = new Set(['csv-parse', 'yauzl'])
  const seen = new Set(['read_worker.ts'])
  for (const file of seen) {
    const source = await readFile(join(folder, file), 'utf8')
    for (const [, target] of source.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
      if (target.startsWith('./')) seen.add(target.slice(2).replace(/js$/, 'ts'))
      else if (!target.startsWith('node:')) assert.isTrue(allowed.has(target), `${file}: ${target}`)
    }
  }
  const files = new Set(await readdir(folder))
  assert.isTrue([...seen].every((file) => files.has(file)))
  assert.isTrue(seen.has('sheet_parser.ts') && seen.has('csv_reader.ts'))
})
