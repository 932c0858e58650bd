import { paletteOf, type ChartTheme } from './palette.js'
import { renderChart, type EChartsOption } from './render.js'
import { clean } from './text.js'

export interface ProgressDonut {
  title: string
  done: number
  total: number
  /** Below the figure: `已划转`. */
  label: string
  width?: number
  theme?: ChartTheme
}

/** A ring filled to done ÷ total with `done / total` in the middle; no total is an empty ring. */
export function progressDonut(input: ProgressDonut): string {
  const { title, done, total, label, theme, width = 180 } = input
  const description = `${label}: ${done} / ${total}`
  return renderChart(progressDonutOption(input), {
    width,
    height: width,
    title,
    description,
    theme,
  })
}

export function progressDonutOption(input: ProgressDonut): EChartsOption {
  const { done, total, label, theme, width = 180 } = input
  const palette = paletteOf(theme)
  const rest = Math.max(0, total - done)
  return {
    title: {
      text: `${done} / ${total}`,
      subtext: clean(label),
      left: 'center',
      top: '36%',
      itemGap: 4,
      textStyle: { color: palette.text, fontSize: Math.round(width / 9), fontWeight: 'bold' },
      subtextStyle: { color: palette.faint, fontSize: 12 },
    },
    series: {
      type: 'pie',
      radius: ['74%', '92%'],
      silent: true,
      label: { show: false },
      emphasis: { disabled: true },
      itemStyle: { borderWidth: 0 },
      data: [
        { value: Math.min(done, total), itemStyle: { color: palette.filled } },
        { value: total > 0 ? rest : 1, itemStyle: { color: palette.line } },
      ],
    },
  }
}
