import type { CsvDelimiter } from './types.js'

const CANDIDATES: CsvDelimiter[] = [',', '\t', ';']
const SAMPLE_BYTES = 64 * 1024
const SAMPLE_LINES = 50

/**
 * The delimiter that cuts most lines into the same number of fields, counted outside quotes; a
 * comma when none does.
 */
export function detectDelimiter(utf8: Buffer): CsvDelimiter {
  const lines = countPerLine(utf8.subarray(0, SAMPLE_BYTES).toString())
  let best: CsvDelimiter = ','
  let bestScore = 0
  for (const [index, candidate] of CANDIDATES.entries()) {
    const linesByCount = new Map<number, number>()
    for (const counts of lines) {
      linesByCount.set(counts[index], (linesByCount.get(counts[index]) ?? 0) + 1)
    }
    for (const [count, number] of linesByCount) {
      if (count * number <= bestScore) continue
      best = candidate
      bestScore = count * number
    }
  }
  return best
}

function countPerLine(text: string): number[][] {
  const lines: number[][] = []
  let counts = CANDIDATES.map(() => 0)
  let quoted = false
  for (const char of text) {
    if (char === '"') quoted = !quoted
    if (quoted) continue
    if (char === '\n') {
      lines.push(counts)
      if (lines.length === SAMPLE_LINES) return lines
      counts = CANDIDATES.map(() => 0)
    }
    const index = CANDIDATES.indexOf(char as CsvDelimiter)
    if (index !== -1) counts[index]++
  }
  return [...lines, counts]
}
