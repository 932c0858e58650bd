import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import exceljs from 'exceljs'
import { addMonths } from '#shared/dates'
import { moveText, type Shift } from './move_text.js'
import type { Moves } from './moves.js'

const DAY = 86_400_000
const EPOCH = Date.UTC(1899, 11, 30)

/** Writes the moved copy of every sample workbook below `target`; the names stay. */
export async function moveWorkbooks(source: string, target: string, moves: Moves): Promise<void> {
  for (const [name, months] of Object.entries(moves.months)) {
    const shift = { years: moves.years, months }
    await mkdir(dirname(join(target, name)), { recursive: true })
    if (name.endsWith('.csv')) await moveCsv(join(source, name), join(target, name), shift)
    else await moveXlsx(join(source, name), join(target, name), shift)
  }
}

async function moveCsv(from: string, to: string, shift: Shift) {
  const text = new TextDecoder('gb18030').decode(await readFile(from))
  const lines = text.split(/\r?\n/).map((line) =>
    line
      .split(',')
      .map((cell, index) => moveText(cell, shift, index === BIRTH_COLUMN_OF_CSV))
      .join(',')
  )
  await writeFile(to, `\uFEFF${lines.join('\r\n')}`)
}

const BIRTH_COLUMN_OF_CSV = 4

async function moveXlsx(from: string, to: string, shift: Shift) {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.readFile(from)
  for (const sheet of workbook.worksheets) {
    // the wage standards are of 2006 wherever the sample stands
    if (!sheet.name.endsWith('工资标准')) moveSheet(sheet, shift)
  }
  await workbook.xlsx.writeFile(to)
}

function moveSheet(sheet: exceljs.Worksheet, shift: Shift) {
  const headers = new Map<number, string>()
  sheet.eachRow((row) => {
    row.eachCell((cell, column) => {
      // A merged cell shows its master's value: moved once, there.
      if (cell.master !== cell) return
      const { value } = cell
      if (typeof value === 'string') {
        if (/^(出生|参加工作|年度$|.*日期|.*时间|合同起|合同止)/.test(value))
          headers.set(column, value)
        cell.value = moveText(value, shift, headers.get(column)?.startsWith('出生') ?? false)
      } else if (value instanceof Date) {
        cell.value = moveDate(value, shift, headers.get(column))
      } else if (typeof value === 'number' && headers.get(column) === '年度') {
        // a year's figures belong to the year of the sample's second quarter
        cell.value = Number(addMonths(`${value}-04-01`, shift.months).slice(0, 4))
      } else if (typeof value === 'number' && headers.has(column) && value > 10_000) {
        const moved = moveDate(new Date(EPOCH + value * DAY), shift, headers.get(column))
        cell.value = Math.round((moved.getTime() - EPOCH) / DAY)
      }
    })
  })
}

function moveDate(date: Date, shift: Shift, header = ''): Date {
  const months = header.startsWith('出生') ? shift.years * 12 : shift.months
  return new Date(`${addMonths(date.toISOString().slice(0, 10), months)}T00:00:00Z`)
}
