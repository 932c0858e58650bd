import { figuresAxis, legendOf, namesAxis } from './axes.js'
import { hatch, paletteOf, type ChartTheme } from './palette.js'
import { renderChart, type EChartsOption } from './render.js'
import { clean, shorten } from './text.js'

export interface QuotaBar {
  unit: string
  /** Funding type in the reader's language. */
  funding: string
  authorised: number
  /** All who are there, also those over the quota. */
  filled: number
  reserved: number
  vacant: number
  over: number
}

export interface QuotaBars {
  title: string
  /** In the reader's language. A part without one is not drawn: places of posts are filled or vacant. */
  labels: { filled: string; reserved?: string; vacant: string; over?: string }
  rows: readonly QuotaBar[]
  width?: number
  theme?: ChartTheme
}

const ROW = 46
const LEFT = 12
const RIGHT = 74
/** Width of a figure in a bar, and what stands free beside it. */
const DIGIT = 7
const MARGIN = 6

/**
 * Stacked bars of the quota, one a unit and funding type: filled, reserved, vacant, and what is
 * over the quota in red with stripes. At the end of a bar stands `filled / authorised`.
 */
export function quotaBars(input: QuotaBars): string {
  const { rows, title, theme, width = 720 } = input
  const height = rows.length * ROW + 64
  const description = rows
    .map(({ unit, funding, authorised, filled }) => `${unit} ${funding} ${filled}/${authorised}`)
    .join('; ')
  return renderChart(quotaBarsOption(input), { width, height, title, description, theme })
}

export function quotaBarsOption({ rows, labels, theme, width = 720 }: QuotaBars): EChartsOption {
  const palette = paletteOf(theme)
  const names = Math.min(170, width * 0.32)
  const longest = Math.max(1, ...rows.map((row) => row.filled + row.reserved + row.vacant))
  const unitWidth = (width - names - LEFT - RIGHT) / longest
  const part = partsOf(unitWidth)
  const series = [
    part(
      labels.filled,
      rows.map(({ filled, over }) => filled - over),
      palette.filled,
      palette.onFilled
    ),
    ...(labels.reserved
      ? [
          part(
            labels.reserved,
            rows.map((row) => row.reserved),
            palette.reserved,
            palette.onReserved
          ),
        ]
      : []),
    part(
      labels.vacant,
      rows.map((row) => row.vacant),
      palette.vacant,
      palette.onVacant
    ),
    ...(labels.over
      ? [
          part(
            labels.over,
            rows.map((row) => row.over),
            palette.over,
            palette.onOver,
            true
          ),
        ]
      : []),
  ]
  const ends = rows.map(({ filled, authorised }) => `${filled} / ${authorised}`)

  return {
    grid: { left: names + LEFT, right: RIGHT, top: 40, bottom: 24 },
    legend: legendOf(
      series.map(({ name }) => name),
      palette
    ),
    xAxis: { ...figuresAxis(palette), minInterval: 1 },
    yAxis: namesAxis(
      rows.map(({ unit, funding }) => `${shorten(unit, names / 13)}\n${clean(funding)}`),
      palette,
      16
    ),
    series: [...series, endLabels(ends, palette.text)],
  }
}

/** Makes parts of bars; a figure that is wider than its part is left out: the table has it. */
function partsOf(unitWidth: number) {
  const fits = (value: number) =>
    value > 0 && value * unitWidth >= String(value).length * DIGIT + MARGIN
  return (name: string, data: number[], color: string, ink: string, striped = false) => ({
    name: clean(name),
    type: 'bar' as const,
    stack: 'quota',
    barWidth: 20,
    silent: true,
    data,
    itemStyle: { color, ...(striped ? { decal: hatch } : {}) },
    label: {
      show: true,
      color: ink,
      fontSize: 11,
      ...(striped
        ? { fontWeight: 'bold' as const, textBorderColor: color, textBorderWidth: 3 }
        : {}),
      formatter: ({ value }: { value: unknown }) => (fits(Number(value)) ? String(value) : ''),
    },
    labelLayout: { hideOverlap: true },
  })
}

/** An empty bar at the end of each row that only carries the figures. */
function endLabels(ends: string[], color: string) {
  return {
    name: 'ends',
    type: 'bar' as const,
    stack: 'quota',
    silent: true,
    data: ends.map(() => 0),
    itemStyle: { color: 'transparent' },
    label: {
      show: true,
      position: 'right' as const,
      color,
      fontSize: 12,
      formatter: ({ dataIndex }: { dataIndex: number }) => ends[dataIndex],
    },
  }
}
