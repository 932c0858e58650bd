import type { I18n } from '@adonisjs/i18n'
import { NARROW, renderChart } from '#shared/charts/render'
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
      grid: { left: 96, right: 24, top: 24, bottom: 28 },
      xAxis: {
        type: 'value',
        axisLabel: { color: palette.faint, fontSize: 11, formatter: '{value}%' },
        splitLine: { lineStyle: { color: palette.line } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: names,
        // the axis stands at 0: equal pay
        axisLine: { onZero: true, lineStyle: { color: palette.text, type: 'dashed' } },
        axisTick: { show: false },
        axisLabel: { color: palette.text, fontSize: 12, margin: 12 },
      },
      series: [
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
    { width: NARROW, height: shown.length * 52 + 58, title, description }
  )
}

/** Adjusted gaps over the payment months, a line a class of posts; null below two months. */
export function payTrend(
  reports: readonly { month: string; groups: EqualPayGroup[] }[],
  i18n: I18n
): string | null {
  if (reports.length < 2) return null
  const palette = paletteOf()
  const colours = [palette.filled, palette.reserved, palette.over, palette.faint]
  const natures = [...new Set(reports.flatMap(({ groups }) => groups.map(({ nature }) => nature)))]
  const gapIn = (groups: EqualPayGroup[], nature: string) =>
    groups.find((group) => group.nature === nature)?.adjusted?.gapPercent ?? null
  const lines = natures.map((nature) => ({
    name: i18n.t(`pay.natures.${nature}`),
    gaps: reports.map(({ groups }) => gapIn(groups, nature)),
  }))
  const title = i18n.t('pay.equal.trend')
  const percent = (gap: number | null) => (gap === null ? '—' : `${gap.toFixed(1)}%`)
  const description = lines
    .map(({ name, gaps }) => `${name} ${gaps.map(percent).join(' → ')}`)
    .join('; ')
  return renderChart(
    {
      grid: { left: 48, right: 76, top: 20, bottom: 28 },
      xAxis: {
        type: 'category',
        data: reports.map(({ month }) => month),
        axisLine: { onZero: false, lineStyle: { color: palette.line } },
        axisTick: { show: false },
        axisLabel: { color: palette.text, fontSize: 12 },
      },
      yAxis: {
        type: 'value',
        axisLabel: { color: palette.faint, fontSize: 11, formatter: '{value}%' },
        splitLine: { lineStyle: { color: palette.line } },
      },
      series: lines.map(({ name, gaps }, index) => ({
        type: 'line',
        name,
        silent: true,
        data: gaps,
        connectNulls: true,
        symbol: SYMBOLS[index % SYMBOLS.length],
        symbolSize: 8,
        lineStyle: { color: colours[index % colours.length], width: 2 },
        itemStyle: { color: colours[index % colours.length] },
        endLabel: { show: true, color: palette.text, fontSize: 11, formatter: name },
        labelLayout: { moveOverlap: 'shiftY' as const },
      })),
    },
    { width: NARROW, height: 240, title, description }
  )
}

/** A class is told by its sign as well as by its colour. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond']
