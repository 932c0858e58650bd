import exceljs from 'exceljs'
import { ApiRequest, type ApiResponse } from '@japa/api-client'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

ApiRequest.addParser(XLSX, (response, done) => {
  const pieces: Buffer[] = []
  response.setEncoding('binary')
  response.on('data', (piece) => pieces.push(Buffer.from(String(piece), 'binary')))
  response.on('end', () => done(null, Buffer.concat(pieces)))
})

/** The texts of the first sheet of a downloaded workbook, row by row. */
export async function downloadedRows(response: ApiResponse): Promise<string[][]> {
  const table = await readWorkbook({ buffer: response.body() })
  return table.sheets[0].rows.map((row) => row.cells.map((cell) => cell.text))
}

/** Rows of each sheet of a workbook that is asked for, read by another reader than our own. */
export async function sheetsByAnother(asked: any): Promise<unknown[][][]> {
  asked.request.responseType('arraybuffer')
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load((await asked).body())
  return workbook.worksheets.map((sheet) => {
    const rows: unknown[][] = []
    sheet.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
    return rows
  })
}
