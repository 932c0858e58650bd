import type { Palette } from './palette.js'

/** The axis of figures below lying bars. */
export function figuresAxis(palette: Palette) {
  return {
    type: 'value',
    axisLabel: { color: palette.faint, fontSize: 11 },
    splitLine: { lineStyle: { color: palette.line } },
  } as const
}

/** The name of such an axis, in the middle below it. */
export function axisName(name: string, palette: Palette, nameGap: number) {
  return {
    name,
    nameLocation: 'middle',
    nameGap,
    nameTextStyle: { color: palette.faint, fontSize: 11 },
  } as const
}

/** The names of lying bars, the first one at the top; those of several lines need a line's height. */
export function namesAxis(data: string[], palette: Palette, lineHeight?: number) {
  return {
    type: 'category',
    inverse: true,
    data,
    axisLine: { lineStyle: { color: palette.line } },
    axisTick: { show: false },
    axisLabel: { color: palette.text, fontSize: 12, lineHeight, interval: 0 },
  } as const
}

/** What the colours mean, above the bars; the gap leaves room for letters wider than they are reckoned. */
export function legendOf(data: string[], palette: Palette) {
  return {
    top: 4,
    left: 'center',
    itemWidth: 16,
    itemHeight: 11,
    itemGap: 28,
    textStyle: { color: palette.text, fontSize: 12 },
    data,
    selectedMode: false,
  } as const
}
