import type { PayLine } from './slip.js'

/** The text whose SHA-256 a slip keeps: what was put in, and every line with its trace. */
export function hashedText(
  inputs: string,
  lines: readonly (Pick<PayLine, 'orderNo' | 'code' | 'name' | 'side' | 'amountFen'> & {
    trace: string
  })[]
): string {
  const rows = lines.map((line) =>
    [line.orderNo, line.code, line.name, line.side, line.amountFen, line.trace].join('|')
  )
  return [inputs, ...rows].join('\n')
}
