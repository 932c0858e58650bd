import { paletteOf, type ChartTheme } from './palette.js'
import { renderChart, type EChartsOption } from './render.js'
import { clean } from './text.js'

/** Values in `[from, to)`; the last bin holds its upper end too. */
export interface Bin {
  from: number
  to: number
  count: number
  /** Written below the bar instead of the two ends. */
  label?: string
}

export interface Histogram {
  title: string
  bins: readonly Bin[]
  /** Names of the axes in the reader's language: `分数`, `人数`. */
  labels: { value: string; count: string }
  width?: number
  height?: number
  theme?: ChartTheme
}

/** Sorts values into equal bins from `from` to `to`; values outside go to the nearest end. */
export function toBins(values: readonly number[], from: number, to: number, size: number): Bin[] {
  const number = Math.max(1, Math.ceil((to - from) / size))
  const bins = Array.from({ length: number }, (_, index) => ({
    from: from + index * size,
    to: Math.min(to, from + (index + 1) * size),
    count: 0,
  }))
  for (const value of values) {
    const index = Math.floor((value - from) / size)
    bins[Math.min(number - 1, Math.max(0, index))].count += 1
  }
  return bins
}

const nameOf = ({ from, to, label }: Bin) => clean(label ?? `${from}–${to}`)

/** Spread of scores or amounts: one bar a bin with its count above. */
export function histogram(input: Histogram): string {
  const { title, bins, theme, width = 560, height = 260 } = input
  const description = bins.map((bin) => `${nameOf(bin)}: ${bin.count}`).join('; ')
  return renderChart(histogramOption(input), { width, height, title, description, theme })
}

export function histogramOption({ bins, labels, theme }: Histogram): EChartsOption {
  const palette = paletteOf(theme)
  const axis = { nameTextStyle: { color: palette.faint, fontSize: 11 } }
  return {
    grid: { left: 48, right: 56, top: 34, bottom: 30 },
    xAxis: {
      ...axis,
      type: 'category',
      name: clean(labels.value),
      data: bins.map(nameOf),
      axisLabel: { color: palette.faint, fontSize: 11, hideOverlap: true },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: {
      ...axis,
      type: 'value',
      name: clean(labels.count),
      minInterval: 1,
      axisLabel: { color: palette.faint, fontSize: 11 },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: {
      type: 'bar',
      barCategoryGap: '6%',
      silent: true,
      emphasis: { disabled: true },
      itemStyle: { color: palette.filled },
      data: bins.map(({ count }) => count),
      label: {
        show: true,
        position: 'top',
        color: palette.text,
        fontSize: 11,
        formatter: ({ value }) => (Number(value) > 0 ? String(value) : ''),
      },
    },
  }
}
