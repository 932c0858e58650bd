import * as echarts from 'echarts/core'
import {
  BarChart,
  BoxplotChart,
  LineChart,
  PieChart,
  SankeyChart,
  ScatterChart,
  TreeChart,
} from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { SVGRenderer } from 'echarts/renderers'
import type { EChartsOption } from 'echarts'
import { fontStack, paletteOf, type ChartTheme } from './palette.js'
import { finishSvg } from './svg.js'

echarts.use([BarChart, BoxplotChart, LineChart, PieChart, SankeyChart, ScatterChart, TreeChart])
echarts.use([GridComponent, LegendComponent, TitleComponent, SVGRenderer])

export type { EChartsOption } from 'echarts'

export interface ChartSettings {
  width: number
  height: number
  /** Read out by screen readers; the figures themselves stand in the table beside the chart. */
  title: string
  description?: string
  theme?: ChartTheme
}

/** A picture so wide is read on a phone without scrolling; what has more to say is wider. */
export const NARROW = 400

/**
 * Draws an ECharts option as SVG text on the server (about 10 ms), to be put into a page as it is:
 * all text is escaped, nothing is fetched, colours follow the page's theme. Bars, boxes, lines,
 * points, pies, sankeys and trees are loaded. Throws when an option names anything outside the picture.
 */
export function renderChart(option: EChartsOption, settings: ChartSettings): string {
  const { width, height, title, description, theme } = settings
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      ...option,
      animation: false,
      backgroundColor: 'transparent',
      textStyle: { color: paletteOf(theme).text, fontFamily: fontStack, ...option.textStyle },
    })
    const fits = width <= NARROW
    return finishSvg(chart.renderToSVGString(), { title, description, fits })
  } finally {
    // An instance that is kept has a timer that keeps the process alive.
    chart.dispose()
  }
}
