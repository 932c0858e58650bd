import { paletteOf, type ChartTheme } from './palette.js'
import { renderChart, type EChartsOption } from './render.js'
import { shorten } from './text.js'

export interface FlowLink {
  /** Codes of units. */
  from: string
  to: string
  people: number
}

export interface FlowSankey {
  title: string
  units: readonly { code: string; name: string }[]
  links: readonly FlowLink[]
  width?: number
  theme?: ChartTheme
}

/**
 * Flow of people between units: former units at the left, present ones at the right, each with its
 * number. The two sides are apart, so people who stay and units that exchange people are no cycle.
 * Links without people are left out.
 */
export function flowSankey(input: FlowSankey): string {
  const { links, title, theme, width = 720 } = input
  const names = namesOf(input)
  const sides = Math.max(count(links, 'from'), count(links, 'to'), 2)
  const height = Math.max(220, sides * 52 + 40)
  const description = links
    .map(({ from, to, people }) => `${names(from)} → ${names(to)}: ${people}`)
    .join('; ')
  return renderChart(flowSankeyOption(input), { width, height, title, description, theme })
}

export function flowSankeyOption(input: FlowSankey): EChartsOption {
  const palette = paletteOf(input.theme)
  const width = input.width ?? 720
  const names = namesOf(input)
  const links = input.links.filter(({ people }) => people > 0)
  const totals = new Map<string, number>()
  const add = (id: string, people: number) => totals.set(id, (totals.get(id) ?? 0) + people)
  for (const { from, to, people } of links) {
    add(`from:${from}`, people)
    add(`to:${to}`, people)
  }

  const side = Math.min(200, width * 0.3)
  return {
    series: {
      type: 'sankey',
      left: side,
      right: side,
      top: 20,
      bottom: 20,
      nodeWidth: 14,
      nodeGap: 22,
      silent: true,
      draggable: false,
      layoutIterations: 32,
      emphasis: { disabled: true },
      data: [...totals].map(([id, people]) => ({
        name: id,
        itemStyle: {
          color: id.startsWith('from:') ? palette.vacant : palette.filled,
          borderWidth: 0,
        },
        label: {
          position: id.startsWith('from:') ? ('left' as const) : ('right' as const),
          formatter: () =>
            `${shorten(names(id.slice(id.indexOf(':') + 1)), side / 14 - 2)}  ${people}`,
        },
      })),
      links: links.map(({ from, to, people }) => ({
        source: `from:${from}`,
        target: `to:${to}`,
        value: people,
      })),
      lineStyle: { color: palette.filled, opacity: 0.3, curveness: 0.5 },
      label: { color: palette.text, fontSize: 12 },
      edgeLabel: {
        show: links.length <= 24,
        color: palette.text,
        fontSize: 11,
        formatter: ({ value }) => String(value),
      },
    },
  }
}

function namesOf({ units }: FlowSankey): (code: string) => string {
  const names = new Map(units.map(({ code, name }) => [code, name]))
  return (code) => names.get(code) ?? code
}

function count(links: readonly FlowLink[], end: 'from' | 'to'): number {
  return new Set(links.map((link) => link[end])).size
}
