import { ganttChart, type GanttRow } from '#shared/charts/gantt'
import type { SvgNode } from '#shared/documents/definition'
import { planBars, type PlanGroup } from '../presenters/plan_view.js'

/** Lines that a sheet of A3 holds, the first below the title; with so few the table follows. */
const LINES = { first: 22, other: 27, beforeTable: 12 }

/** Official papers are Chinese whatever the page's language. */
const labels = {
  today: '截至日',
  baseline: '首份基线',
  forecast: '预测',
  critical: '关键链',
  slack: '时差',
  fixed: '规定日期',
}

/** The plan as bars, a picture to a page and all on the same calendar; none without dates. */
export function planFigures(groups: readonly PlanGroup[], title: string, asOf: string): SvgNode[] {
  const bars = planBars(groups, asOf)
  if (!bars) return []
  const pages = pagesOf(bars.rows)
  return pages.map((rows, index) => {
    const tableFollows = index === pages.length - 1 && linesOf(rows) <= LINES.beforeTable
    return {
      svg: ganttChart({
        ...bars,
        rows,
        title,
        labels,
        today: asOf,
        theme: 'light',
        width: 1350,
        names: 360,
      }),
      width: 1082,
      margin: [0, 10, 0, 0],
      ...(!tableFollows && { pageBreak: 'after' }),
    }
  })
}

function pagesOf(rows: readonly GanttRow[]): GanttRow[][] {
  const pages: GanttRow[][] = [[]]
  for (const row of rows) {
    const room = pages.length === 1 ? LINES.first : LINES.other
    const page = pages.at(-1)!
    if (linesOf([...page, row]) > room) pages.push([row])
    else page.push(row)
  }
  return pages
}

/** A heading takes a line too. */
function linesOf(rows: readonly GanttRow[]): number {
  const headings = new Set(rows.map(({ group }) => group).filter((group) => group !== null))
  return rows.length + headings.size
}
