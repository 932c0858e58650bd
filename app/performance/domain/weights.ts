import { Exact } from '#shared/formulas/formula'
import { WHOLE } from './codes.js'

/** `33.33` per cent → 3333 hundredths; null when it is no weight. */
export function weightOf(text: string): number | null {
  const value = Exact.parse(text)
  if (value === null || value.isNegative) return null
  const hundredths = Number(value.times(Exact.from(100)).toString())
  return Number.isInteger(hundredths) && hundredths <= WHOLE ? hundredths : null
}

/** 3333 → `33.33` */
export function weightText(hundredths: number): string {
  return Exact.from(hundredths).dividedBy(Exact.from(100)).toString()
}
