import { refusing, type Refuse } from '#shared/errors'
import { parseYuan } from '#shared/money'
import type { TaxBracket } from './tax.js'

/** A bracket as people write it; its quick deduction follows from those below. */
export interface ScaleStep {
  /** Taxable income of the year in fen; null: no end. */
  upTo: number | null
  percent: number
}

export const MOST_STEPS = 12
const YUAN = 100
const refuse: Refuse = refusing('pay')

/**
 * Steps as typed, row by row: bounds and rates go up, no row between is empty, the last has no end,
 * rates are whole percents from 0 to 100. Refused at the row that is wrong.
 */
export function stepsFrom(bounds: readonly string[], percents: readonly string[]): ScaleStep[] {
  const rows = Array.from({ length: Math.max(bounds.length, percents.length) }, (_, index) => ({
    upTo: (bounds[index] ?? '').trim(),
    percent: (percents[index] ?? '').trim(),
  }))
  while (rows.length > 0 && rows.at(-1)!.upTo === '' && rows.at(-1)!.percent === '') rows.pop()
  if (rows.length === 0 || rows.length > MOST_STEPS) refuse('percents.0', 'scale_empty')
  const steps: ScaleStep[] = []
  for (const [index, { upTo, percent }] of rows.entries()) {
    const row = index + 1
    const before = steps.at(-1)
    const last = index === rows.length - 1
    if (!/^\d{1,3}$/.test(percent) || Number(percent) > 100) {
      refuse(`percents.${index}`, 'scale_percent', { row })
    }
    if (before && Number(percent) <= before.percent) {
      refuse(`percents.${index}`, 'scale_percent_order', { row })
    }
    if (last && upTo !== '') refuse(`bounds.${index}`, 'scale_end', { row })
    if (!last && upTo === '') refuse(`bounds.${index}`, 'scale_gap', { row })
    steps.push({ upTo: last ? null : boundOf(upTo, index, before), percent: Number(percent) })
  }
  return steps
}

function boundOf(text: string, index: number, before: ScaleStep | undefined): number {
  const row = index + 1
  const fen = parseYuan(text)
  if (fen === null || fen <= 0 || fen % YUAN !== 0) {
    return refuse(`bounds.${index}`, 'scale_bound', { row })
  }
  if (before && fen <= before.upTo!) refuse(`bounds.${index}`, 'scale_order', { row })
  return fen
}

/** With quick deductions: the tax of a bound is the same by the bracket below and above it. */
export function tableOf(steps: readonly ScaleStep[]): TaxBracket[] {
  const table: TaxBracket[] = []
  for (const { upTo, percent } of steps) {
    const before = table.at(-1)
    const quick = before ? before.quick + (before.upTo! / YUAN) * (percent - before.percent) : 0
    table.push({ upTo, percent, quick })
  }
  return table
}
