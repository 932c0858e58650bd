import { parseYuan, typedYuan } from '#shared/money'

/** Hundredths as people write them: `9550` → `95.5`. */
export function shownFigure(hundredths: number | null): string {
  if (hundredths === null) return '—'
  return typedYuan(hundredths).replace(/\.?0+$/, '')
}

/** What somebody typed (`95.5`, full-width digits, `98%`) in hundredths; null when it is no figure. */
export function parseFigure(text: string): number | null {
  return parseYuan(text.normalize('NFKC').replace(/%$/, ''))
}
