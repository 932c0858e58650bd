import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { mutateBytes, mutateParts, Random, unzip } from '#tests/fixtures/spreadsheets/mutator'
import { refusal } from '#tests/fixtures/spreadsheets/refusal'
import { readCsv } from '#shared/spreadsheets/csv_reader'
import type { Table } from '#shared/spreadsheets/types'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'

// the whole proof runs a hundred times as many
const CASES = Number(process.env.PROOF_MUTATIONS ?? 1_000)
const DATA = join(import.meta.dirname, '../../../fixtures/data')
const WORKBOOKS = ['rosters/newspaper.xlsx', 'quotas.xlsx', 'posts.xlsx']
const CSV = 'rosters/opinion-centre.gbk.csv'
const MB = 1024

/** What must hold of everything that is read, whatever was done to the file. */
function flaws(table: Table): string[] {
  const found: string[] = []
  for (const sheet of table.sheets) {
    let last = 0
    for (const row of sheet.rows) {
      if (!(row.number > last && row.number <= 1_048_576)) found.push(`row ${row.number}`)
      last = row.number
      if (row.cells.length < 1 || row.cells.length > 200) found.push(`width ${row.cells.length}`)
      for (const cell of row.cells) {
        if (cell.text.length > 32_767) found.push('long cell')
        if (cell.kind === 'number' && !/^-?\d+(\.\d+)?$/.test(cell.text)) found.push(cell.text)
      }
    }
  }
  return found
}

/** Reads every case and counts what came of it; any error but a refusal goes through. */
async function survey(cases: () => Iterable<() => Promise<Table>>) {
  const outcomes: Record<string, number> = {}
  const flawed: string[] = []
  for (const read of cases()) {
    const { code } = await refusal(async () => flawed.push(...flaws(await read())))
    outcomes[code] = (outcomes[code] ?? 0) + 1
  }
  return { outcomes, flawed }
}

test.group('mutated files', () => {
  test('workbooks: read or refused, never anything else', async ({ assert }) => {
    const seeds = await Promise.all(WORKBOOKS.map((name) => readFile(join(DATA, name))))
    const parts = await Promise.all(seeds.map(unzip))
    const random = new Random(20220110)
    const before = process.resourceUsage().maxRSS
    const { outcomes, flawed } = await survey(function* () {
      for (let index = 0; index < CASES * 0.8; index++) {
        const which = random.below(WORKBOOKS.length)
        const buffer =
          random.below(5) === 0
            ? mutateBytes(seeds[which], random)
            : mutateParts(parts[which], random)
        yield () => readWorkbook({ buffer })
      }
    })
    assert.deepEqual(flawed, [])
    // the mutations reach both ends: many are still read, and several guards are hit
    assert.isAbove(outcomes.none, CASES * 0.1)
    assert.isAbove(Object.keys(outcomes).length, 5)
    assert.isBelow(process.resourceUsage().maxRSS - before, 150 * MB)
  }).timeout(Math.max(120_000, CASES * 60))

  test('CSV files: read or refused, never anything else', async ({ assert }) => {
    const seed = await readFile(join(DATA, CSV))
    const utf8 = Buffer.from(new TextDecoder('gb18030').decode(seed))
    const seeds = [seed, utf8, Buffer.from(`\ufeff${utf8}`, 'utf16le')]
    const random = new Random(20220111)
    const before = process.resourceUsage().maxRSS
    const { outcomes, flawed } = await survey(function* () {
      for (let index = 0; index < CASES * 0.2; index++) {
        const buffer = mutateBytes(random.pick(seeds), random)
        yield () => readCsv({ buffer })
      }
    })
    assert.deepEqual(flawed, [])
    assert.isAbove(outcomes.none, CASES * 0.05)
    assert.isBelow(process.resourceUsage().maxRSS - before, 150 * MB)
  }).timeout(Math.max(120_000, CASES * 60))
})
