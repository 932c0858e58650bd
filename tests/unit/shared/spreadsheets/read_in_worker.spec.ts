import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { sheetOf, workbookOf } from '#tests/fixtures/spreadsheets/packages'
import { refusal } from '#tests/fixtures/spreadsheets/refusal'
import { collect } from '#shared/spreadsheets/source'
import { readTable } from '#shared/spreadsheets/table_reader'
import type { Row } from '#shared/spreadsheets/types'
import { pieces } from '#shared/spreadsheets/worker_messages'
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

  test('cuts wide and long rows into smaller pieces', ({ assert }) => {
    const rowsOf = (count: number, width: number, chars: number): Row[] =>
      Array.from({ length: count }, (_, index) => ({
        number: index + 1,
        cells: Array.from({ length: width }, () => {
          const text = 'x'.repeat(chars)
          return { text, kind: 'text', raw: text }
        }),
      }))
    const sizes = (rows: Row[]) => [...pieces(rows)].map((piece) => piece.length)
    assert.deepEqual(sizes(rowsOf(900, 2, 1)), [400, 400, 100])
    assert.deepEqual(sizes(rowsOf(100, 200, 1)), [40, 40, 20])
    assert.deepEqual(sizes(rowsOf(5, 50, 10_000)), [2, 2, 1])
    assert.deepEqual(sizes([]), [])
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
