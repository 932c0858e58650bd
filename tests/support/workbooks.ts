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
