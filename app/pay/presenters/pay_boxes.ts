import type { I18n } from '@adonisjs/i18n'
import { renderChart } from '#shared/charts/render'
import { paletteOf } from '#shared/charts/palette'
import type { EqualPayGroup } from '../domain/equal_pay.js'

/** Adjusted gaps with their intervals by class of posts; the line at 0 is equal pay. */
export function payBoxes(groups: readonly EqualPayGroup[], i18n: I18n): string | null {
  const shown = groups.filter(({ adjusted }) => adjusted !== null)
  if (shown.length === 0) return null
  const palette = paletteOf()
  const names = shown.map(({ nature }) => i18n.t(`pay.natures.${nature}`))
  const title = i18n.t('pay.equal.chart')
  const description = shown
    .map(({ adjusted }, index) => `${names[index]} ${adjusted!.gapPercent.toFixed(1)}%`)
    .join('; ')
  return renderChart(
    {
      grid: { left: 110, right: 60, top: 30, bottom: 40 },
      xAxis: {
        type: 'value',
        name: '%',
        axisLabel: { color: palette.faint, fontSize: 11 },
        splitLine: { lineStyle: { color: palette.line } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names,
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
        axisLabel: { color: palette.text, fontSize: 12 },
      },
      series: [
        {
          type: 'line',
          silent: true,
          symbol: 'none',
          data: [],
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            data: [{ xAxis: 0 }],
            lineStyle: { color: palette.text, type: 'dashed' },
          },
        },
        ...shown.map(({ adjusted }, index) => ({
          type: 'line' as const,
          silent: true,
          symbol: 'rect',
          symbolSize: [2, 12] as [number, number],
          lineStyle: { color: palette.filled, width: 3 },
          itemStyle: { color: palette.filled },
          data: [
            [adjusted!.low, names[index]],
            [adjusted!.high, names[index]],
          ],
        })),
        {
          type: 'scatter',
          silent: true,
          symbolSize: 12,
          itemStyle: { color: palette.filled },
          label: {
            show: true,
            position: 'top',
            color: palette.text,
            fontSize: 11,
            formatter: (point: any) => `${Number(point.value[0]).toFixed(1)}%`,
          },
          data: shown.map(({ adjusted }, index) => [adjusted!.gapPercent, names[index]]),
        },
      ],
    },
    { width: 640, height: shown.length * 60 + 80, title, description }
  )
}
