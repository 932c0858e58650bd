/**
 * One import may read several sheets of a workbook; its rows are stored under one number:
 * the place of the sheet among the recognised ones, and the row of the sheet (at most 1,048,576).
 * Row 0 speaks of the file.
 */
const SPAN = 10_000_000

export function rowKey(sheetIndex: number, row: number): number {
  return sheetIndex * SPAN + row
}

export function rowOf(key: number): { sheetIndex: number; row: number } {
  return { sheetIndex: Math.floor(key / SPAN), row: key % SPAN }
}
