import { axisName, figuresAxis, namesAxis } from './axes.js'
import { paletteOf, type ChartTheme } from './palette.js'
import { renderChart, type EChartsOption } from './render.js'
import { clean, shorten } from './text.js'

/** Least, lower quarter, median, upper quarter and most of each group. */
export interface SpreadBoxes {
  title: string
  /** Name of the axis: `得分`. */
  value: string
  rows: readonly {
    label: string
    five: readonly [number, number, number, number, number]
    /** Drawn in another colour, for it is far from the whole. */
    marked?: boolean
  }[]
  width?: number
  theme?: ChartTheme
}

const ROW = 34

/** How values spread in groups, one lying box a group. */
export function spreadBoxes(input: SpreadBoxes): string {
  const { rows, title, theme, width = 720 } = input
  const description = rows
    .map(({ label, five }) => `${label} ${five.map(round).join('/')}`)
    .join('; ')
  const height = rows.length * ROW + 70
  return renderChart(spreadBoxesOption(input), { width, height, title, description, theme })
}

export function spreadBoxesOption({ rows, value, theme, width = 720 }: SpreadBoxes): EChartsOption {
  const palette = paletteOf(theme)
  const names = Math.min(190, width * 0.3)
  return {
    grid: { left: names + 12, right: 28, top: 12, bottom: 44 },
    xAxis: { ...figuresAxis(palette), ...axisName(clean(value), palette, 26), scale: true },
    yAxis: namesAxis(
      rows.map(({ label }) => shorten(label, names / 13)),
      palette
    ),
    series: {
      type: 'boxplot',
      silent: true,
      boxWidth: [10, 18],
      data: rows.map(({ five, marked }) => ({
        value: [...five],
        itemStyle: {
          color: marked ? palette.reserved : palette.vacant,
          borderColor: marked ? palette.over : palette.filled,
          borderWidth: 1.5,
        },
      })),
    },
  }
}

const round = (value: number) => Math.round(value * 100) / 100
