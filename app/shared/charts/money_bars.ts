import { axisName, figuresAxis, legendOf, namesAxis } from './axes.js'
import { paletteOf, type ChartTheme } from './palette.js'
import { renderChart, type EChartsOption } from './render.js'
import { clean, shorten } from './text.js'

export interface MoneyBars {
  title: string
  /** Below the axis: `万元`. */
  unit: string
  /** Four parts at most, from what is done to what is still to come. */
  parts: readonly string[]
  rows: readonly { label: string; fen: readonly number[] }[]
  width?: number
  theme?: ChartTheme
}

const ROW = 44
const TEN_THOUSAND_YUAN = 1_000_000

/** Stacked bars of money in 万元, one a row; at the end of a bar stands its first part of the whole. */
export function moneyBars(input: MoneyBars): string {
  const { rows, title, theme, width = 720 } = input
  const description = rows
    .map(({ label, fen }) => `${label} ${tenThousands(fen[0])}/${tenThousands(sum(fen))}`)
    .join('; ')
  const height = rows.length * ROW + 78
  return renderChart(moneyBarsOption(input), { width, height, title, description, theme })
}

export function moneyBarsOption(input: MoneyBars): EChartsOption {
  const { rows, parts, unit, theme, width = 720 } = input
  const palette = paletteOf(theme)
  const names = Math.min(190, width * 0.3)
  const colors = [palette.filled, palette.reserved, palette.vacant, palette.line]
  const bar = { type: 'bar' as const, stack: 'money', barWidth: 18, silent: true }
  return {
    grid: { left: names + 12, right: 120, top: 40, bottom: 38 },
    legend: legendOf(parts.map(clean), palette),
    xAxis: { ...figuresAxis(palette), ...axisName(unit, palette, 24) },
    yAxis: namesAxis(
      rows.map(({ label }) => shorten(label, names / 13)),
      palette
    ),
    series: [
      ...parts.map((name, index) => ({
        ...bar,
        name: clean(name),
        data: rows.map(({ fen }) => fen[index] / TEN_THOUSAND_YUAN),
        itemStyle: { color: colors[index] },
      })),
      ends(
        rows.map(({ fen }) => `${tenThousands(fen[0])} / ${tenThousands(sum(fen))}`),
        palette.text
      ),
    ],
  }

  /** An empty bar at the end of each row that only carries the figures. */
  function ends(texts: string[], color: string) {
    return {
      ...bar,
      name: 'ends',
      data: texts.map(() => 0),
      itemStyle: { color: 'transparent' },
      label: {
        show: true,
        position: 'right' as const,
        color,
        fontSize: 12,
        formatter: ({ dataIndex }: { dataIndex: number }) => texts[dataIndex],
      },
    }
  }
}

const sum = (list: readonly number[]) => list.reduce((total, fen) => total + fen, 0)
const tenThousands = (fen: number) =>
  (fen / TEN_THOUSAND_YUAN).toLocaleString('zh-CN', { maximumFractionDigits: 2 })
