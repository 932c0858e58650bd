import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exceljs from 'exceljs'
import { writeRegister } from '../app/shared/spreadsheets/register_writer.js'
import type { RegisterColumn } from '../app/shared/spreadsheets/sheet_xml.js'
import { streamTable } from '../app/shared/spreadsheets/table_reader.js'

const ROSTER = { rows: 20_000, columns: 15 }
const REGISTER = { rows: 100_000, columns: 20 }
const WARM_UP = { rows: 2_000, columns: 15 }
const ROUNDS = 3
/** rows between two looks at the memory */
const TICK = 200

type Size = { rows: number; columns: number }
type Task = 'read' | 'read by exceljs' | 'write' | 'write by exceljs'
type Measure = 'time' | 'memory'

/**
 * Reading a roster and writing a register against the streams of exceljs. Each run is a process of
 * its own, so that its peak of memory is its own too.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-sheets-'))
  try {
    await writeByExceljs(join(folder, 'small.xlsx'), WARM_UP, true, () => {})
    await writeByExceljs(join(folder, 'roster.xlsx'), ROSTER, true, () => {})
    return [
      {
        name: 'reading an upload, time',
        ratio: await ratio('time', 'read', 'read by exceljs', folder),
        bar: 0.4,
      },
      {
        name: 'reading an upload, memory',
        ratio: await ratio('memory', 'read', 'read by exceljs', folder),
        bar: 0.4,
      },
      {
        name: 'writing a register, time',
        ratio: await ratio('time', 'write', 'write by exceljs', folder),
        bar: 1,
      },
      {
        name: 'writing a register, memory',
        ratio: await ratio('memory', 'write', 'write by exceljs', folder),
        bar: 1,
      },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The least of a few runs of the one against the least of the other, taken in turns. */
async function ratio(what: Measure, task: Task, other: Task, folder: string): Promise<number> {
  const own: number[] = []
  const others: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    own.push(await inProcess(what, task, folder))
    others.push(await inProcess(what, other, folder))
  }
  return Math.min(...own) / Math.min(...others)
}

function inProcess(what: Measure, task: Task, folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const loader = ['--expose-gc', '--import', import.meta.resolve('@poppinss/ts-exec')]
    // the nursery that `readInWorker` gives to its thread; exceljs is at its best with the usual one
    const execArgv = task === 'read' ? ['--max-semi-space-size=4', ...loader] : loader
    const child = fork(import.meta.filename, [what, task, folder], { execArgv })
    child.on('message', (cost: number) => resolve(cost))
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`${task} ended with ${code}`)))
  })
}

/** Time is taken warm; memory cold, for a warm heap has room already. */
async function measure(what: Measure, task: Task, folder: string): Promise<number> {
  const tasks: Record<Task, (size: Size, tick: () => void) => Promise<unknown>> = {
    'read': (size, tick) => readByUs(join(folder, nameOf(size)), tick),
    'read by exceljs': (size, tick) => readByExceljs(join(folder, nameOf(size)), tick),
    'write': (size, tick) => writeByUs(join(folder, 'own.xlsx'), size, tick),
    'write by exceljs': (size, tick) =>
      writeByExceljs(join(folder, 'exceljs.xlsx'), size, false, tick),
  }
  const size = task.startsWith('read') ? ROSTER : REGISTER
  if (what === 'time') {
    for (let round = 0; round < 5; round++) await tasks[task](WARM_UP, () => {})
    // processor time, for the clock on the wall tells more of what else runs on the machine
    const started = process.cpuUsage()
    await tasks[task](size, () => {})
    const used = process.cpuUsage(started)
    return used.user + used.system
  }
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  await tasks[task](size, () => (peak = Math.max(peak, process.memoryUsage.rss())))
  return peak - before
}

const nameOf = (size: Size) => (size === ROSTER ? 'roster.xlsx' : 'small.xlsx')

async function readByUs(path: string, tick: () => void): Promise<number> {
  let rows = 0
  for await (const part of streamTable(path, 'roster.xlsx')) {
    if (part.type === 'rows') rows += part.rows.length
    tick()
  }
  return rows
}

async function readByExceljs(path: string, tick: () => void): Promise<number> {
  let rows = 0
  const reader = new exceljs.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'emit',
  })
  for await (const sheet of reader) {
    for await (const row of sheet) {
      rows += row.cellCount > 0 ? 1 : 0
      if (rows % TICK === 0) tick()
    }
  }
  return rows
}

const isNumber = (column: number) => column % 5 > 2

function valueAt(row: number, column: number): string | number {
  return isNumber(column) ? row * 100 + column : `文本${row}-${column % 3 === 0 ? column : 0}`
}

async function writeByUs(path: string, size: Size, tick: () => void): Promise<void> {
  const indexes = [...new Array(size.columns).keys()]
  const columns = indexes.map((index): RegisterColumn => ({
    header: `列${index}`,
    kind: index % 5 === 4 ? 'money_fen' : isNumber(index) ? 'number' : 'text',
  }))
  function* rows() {
    for (let row = 0; row < size.rows; row++) {
      if (row % TICK === 0) tick()
      yield indexes.map((index) => valueAt(row, index))
    }
  }
  await writeRegister(path, { sheets: [{ name: '名册', columns, rows: rows() }] })
}

async function writeByExceljs(
  path: string,
  size: Size,
  useSharedStrings: boolean,
  tick: () => void
): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    filename: path,
    useSharedStrings,
  })
  const sheet = workbook.addWorksheet('名册')
  for (let row = 0; row < size.rows; row++) {
    const values = Array.from({ length: size.columns }, (_, index) => valueAt(row, index))
    sheet.addRow(values).commit()
    if (row % TICK === 0) tick()
  }
  sheet.commit()
  await workbook.commit()
}

if (process.send && process.argv[1] === import.meta.filename) {
  const [what, task, folder] = process.argv.slice(2)
  const cost = await measure(what as Measure, task as Task, folder)
  process.send(cost, () => process.exit())
}
