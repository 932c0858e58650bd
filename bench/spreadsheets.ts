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
const WARM_UP = { rows: 500, columns: 15 }
const ROUNDS = 3

type Size = { rows: number; columns: number }
type Task = 'read' | 'read by exceljs' | 'write' | 'write by exceljs'
type Cost = { ms: number; bytes: number }

/**
 * Reading a roster and writing a register against the streams of exceljs. Each run is a process of
 * its own, warmed up on a small file, so that its peak of memory is its own too.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-sheets-'))
  try {
    await writeByExceljs(join(folder, 'small.xlsx'), WARM_UP, true)
    await writeByExceljs(join(folder, 'roster.xlsx'), ROSTER, true)
    const reading = await best('read', folder)
    const readingBar = await best('read by exceljs', folder)
    const writing = await best('write', folder)
    const writingBar = await best('write by exceljs', folder)
    return [
      { name: 'reading an upload, time', ratio: reading.ms / readingBar.ms, bar: 0.4 },
      { name: 'reading an upload, memory', ratio: reading.bytes / readingBar.bytes, bar: 0.4 },
      { name: 'writing a register, time', ratio: writing.ms / writingBar.ms, bar: 1 },
      { name: 'writing a register, memory', ratio: writing.bytes / writingBar.bytes, bar: 1 },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The least time and the least memory of a few runs. */
async function best(task: Task, folder: string): Promise<Cost> {
  const costs: Cost[] = []
  for (let round = 0; round < ROUNDS; round++) costs.push(await inProcess(task, folder))
  return {
    ms: Math.min(...costs.map((cost) => cost.ms)),
    bytes: Math.min(...costs.map((cost) => cost.bytes)),
  }
}

function inProcess(task: Task, folder: string): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const loader = ['--expose-gc', '--import', import.meta.resolve('@poppinss/ts-exec')]
    // the nursery that `readInWorker` gives to its thread; exceljs is at its best with the usual one
    const execArgv = task === 'read' ? ['--max-semi-space-size=4', ...loader] : loader
    const child = fork(import.meta.filename, [task, folder], { execArgv })
    child.on('message', (cost: Cost) => resolve(cost))
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`${task} ended with ${code}`)))
  })
}

async function measure(task: Task, folder: string): Promise<Cost> {
  const tasks: Record<Task, (size: Size) => Promise<unknown>> = {
    'read': (size) => readByUs(join(folder, nameOf(size))),
    'read by exceljs': (size) => readByExceljs(join(folder, nameOf(size))),
    'write': (size) => writeByUs(join(folder, 'own.xlsx'), size),
    'write by exceljs': (size) => writeByExceljs(join(folder, 'exceljs.xlsx'), size, false),
  }
  for (let round = 0; round < 5; round++) await tasks[task](WARM_UP)
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10)
  // processor time, for the clock on the wall tells more of what else runs on the machine
  const started = process.cpuUsage()
  await tasks[task](task.startsWith('read') ? ROSTER : REGISTER)
  const used = process.cpuUsage(started)
  clearInterval(watch)
  return { ms: (used.user + used.system) / 1_000, bytes: peak - before }
}

const nameOf = (size: Size) => (size === ROSTER ? 'roster.xlsx' : 'small.xlsx')

async function readByUs(path: string): Promise<number> {
  let rows = 0
  for await (const part of streamTable(path, 'roster.xlsx')) {
    if (part.type === 'rows') rows += part.rows.length
  }
  return rows
}

async function readByExceljs(path: string): Promise<number> {
  let rows = 0
  const reader = new exceljs.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'emit',
  })
  for await (const sheet of reader) for await (const row of sheet) rows += row.cellCount > 0 ? 1 : 0
  return rows
}

const isNumber = (column: number) => column % 5 > 2

function valueAt(row: number, column: number): string | number {
  return isNumber(column) ? row * 100 + column : `文本${row}-${column % 3 === 0 ? column : 0}`
}

async function writeByUs(path: string, size: Size): Promise<void> {
  const indexes = [...new Array(size.columns).keys()]
  const columns = indexes.map((index): RegisterColumn => ({
    header: `列${index}`,
    kind: index % 5 === 4 ? 'money_fen' : isNumber(index) ? 'number' : 'text',
  }))
  function* rows() {
    for (let row = 0; row < size.rows; row++) yield indexes.map((index) => valueAt(row, index))
  }
  await writeRegister(path, { sheets: [{ name: '名册', columns, rows: rows() }] })
}

async function writeByExceljs(path: string, size: Size, shared: boolean): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    filename: path,
    useSharedStrings: shared,
  })
  const sheet = workbook.addWorksheet('名册')
  for (let row = 0; row < size.rows; row++) {
    const values = Array.from({ length: size.columns }, (_, index) => valueAt(row, index))
    sheet.addRow(values).commit()
  }
  sheet.commit()
  await workbook.commit()
}

if (process.send && process.argv[1] === import.meta.filename) {
  const cost = await measure(process.argv[2] as Task, process.argv[3])
  process.send(cost, () => process.exit())
}
