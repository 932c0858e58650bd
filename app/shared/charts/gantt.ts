import { paletteOf, type ChartTheme, type Palette } from './palette.js'
import { box, diamond, rule, text } from './shapes.js'
import { finishSvg } from './svg.js'
import { shorten } from './text.js'

/** Civil dates, inclusive; null where nothing is known. */
export interface GanttRow {
  id: string | number
  label: string
  /** Set in below the row before it. */
  indented?: boolean
  /** Rows of one group stand below its heading, in the order in which they come. */
  group: string | null
  start: string | null
  finish: string | null
  baselineStart: string | null
  baselineFinish: string | null
  /** Last day on which it may finish without harm. */
  slackUntil: string | null
  critical: boolean
  milestone: boolean
  light: 'red' | 'yellow' | 'green' | 'done' | 'grey'
  fixed: string | null
}

export interface Gantt {
  title: string
  rows: readonly GanttRow[]
  today: string
  from: string
  to: string
  /** In the reader's language. */
  labels: Record<'today' | 'baseline' | 'forecast' | 'critical' | 'slack' | 'fixed', string>
  width?: number
  /** Room at the left for the names of the rows. */
  names?: number
  theme?: ChartTheme
}

const ROW = 30
const HEAD = 58
const NAMES = 216
const NAME_SIZE = 12
const DAY_MS = 86_400_000

/**
 * A plan as bars on a calendar: the baseline thin and grey below the forecast, the critical chain
 * framed, slack as a broken line, fixed dates as flags, milestones as diamonds, today as a line.
 */
export function ganttChart(input: Gantt): string {
  const { rows, title, width = 1080 } = input
  const lines = linesOf(rows)
  const height = HEAD + lines.length * ROW + 14
  const drawing = new Drawing(input, width, height)
  const body = [
    ...drawing.scale(),
    ...lines.flatMap((line, index) => drawing.line(line, HEAD + index * ROW)),
    ...drawing.today(),
    ...drawing.legend(),
  ]
  const description = rows
    .map(({ label, start, finish }) => `${label} ${start ?? '–'} ${finish ?? '–'}`)
    .join('; ')
  const svg = `<svg width="${width}" height="${height}">${body.join('')}</svg>`
  return finishSvg(svg, { title, description })
}

type Line = { heading: string } | { row: GanttRow }

function linesOf(rows: readonly GanttRow[]): Line[] {
  const groups = new Map<string | null, GanttRow[]>()
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row])
  return [...groups].flatMap(([heading, members]) => [
    ...(heading === null ? [] : [{ heading }]),
    ...members.map((row) => ({ row })),
  ])
}

class Drawing {
  private readonly palette: Palette
  private readonly first: number
  private readonly perDay: number
  private readonly names: number

  constructor(
    private readonly input: Gantt,
    private readonly width: number,
    private readonly height: number
  ) {
    this.palette = paletteOf(input.theme)
    this.names = input.names ?? NAMES
    this.first = dayOf(input.from)
    const days = Math.max(1, dayOf(input.to) + 1 - this.first)
    this.perDay = (width - this.names - 16) / days
  }

  /** Left edge of a day; `end` gives its right edge. */
  private at(date: string, end = false): number {
    const day = dayOf(date) + (end ? 1 : 0) - this.first
    const place = this.names + day * this.perDay
    return Math.round(Math.min(Math.max(place, this.names), this.width - 16) * 10) / 10
  }

  scale(): string[] {
    const { line, faint } = this.palette
    const months = monthsBetween(this.input.from, this.input.to)
    const every = Math.ceil((months.length * 44) / (this.width - this.names))
    return months.flatMap((month, index) => {
      const x = this.at(`${month}-01`)
      const named = index % every === 0 && x < this.width - 50
      return [
        rule(x, HEAD - 6, x, this.height - 8, line, 1),
        named ? text(x + 3, HEAD - 12, month, faint, 11) : '',
      ]
    })
  }

  line(line: Line, y: number): string[] {
    const { text: ink, faint } = this.palette
    if ('heading' in line) return [text(4, y + 20, shorten(line.heading, 30), ink, 12, 'bold')]
    const { row } = line
    const indent = row.indented ? NAME_SIZE : 0
    const name = shorten(row.label, (this.names - indent - 30) / NAME_SIZE)
    return [
      rule(4, y + ROW - 1, this.width - 16, y + ROW - 1, this.palette.line, 0.5),
      text(12 + indent, y + 19, name, row.light === 'grey' ? faint : ink, NAME_SIZE),
      ...this.baseline(row, y),
      ...this.slack(row, y),
      ...(row.milestone ? this.milestone(row, y) : this.bar(row, y)),
      ...this.flag(row, y),
    ]
  }

  private baseline({ baselineStart, baselineFinish, milestone }: GanttRow, y: number): string[] {
    if (!baselineFinish) return []
    const end = this.at(baselineFinish, true)
    if (milestone) return [diamond(end, y + 21, 4, this.palette.vacant)]
    const start = this.at(baselineStart ?? baselineFinish)
    return [box(start, y + 20, end - start, 4, this.palette.vacant)]
  }

  private bar({ start, finish, light, critical }: GanttRow, y: number): string[] {
    if (!finish) return []
    const left = this.at(start ?? finish)
    const width = Math.max(2, this.at(finish, true) - left)
    const frame = critical ? this.palette.text : null
    return [box(left, y + 7, width, 11, this.colour(light), frame)]
  }

  private milestone({ finish, light, critical }: GanttRow, y: number): string[] {
    if (!finish) return []
    const frame = critical ? this.palette.text : null
    return [diamond(this.at(finish, true), y + 12, 7, this.colour(light), frame)]
  }

  private slack({ finish, slackUntil }: GanttRow, y: number): string[] {
    if (!finish || !slackUntil || slackUntil <= finish) return []
    const [left, right] = [this.at(finish, true), this.at(slackUntil, true)]
    return [rule(left, y + 12, right, y + 12, this.palette.faint, 1.2, '3 3')]
  }

  private flag({ fixed }: GanttRow, y: number): string[] {
    if (!fixed) return []
    const x = this.at(fixed, true)
    const pole = rule(x, y + 3, x, y + 26, this.palette.accent, 1.4)
    const cloth = `<path d="M${x} ${y + 3}l8 3l-8 3z" fill="${this.palette.accent}"/>`
    return [pole, cloth]
  }

  today(): string[] {
    const { today, from, to, labels } = this.input
    if (today < from || today > to) return []
    const x = this.at(today)
    const { accent } = this.palette
    return [
      rule(x, HEAD - 8, x, this.height - 8, accent, 1.4, '5 3'),
      text(x, HEAD - 26, labels.today, accent, 11, 'bold', 'middle'),
    ]
  }

  legend(): string[] {
    const { labels } = this.input
    const { filled, vacant, faint, accent, text: ink } = this.palette
    const marks: [string, (x: number) => string][] = [
      [labels.forecast, (x) => box(x, 7, 18, 9, filled)],
      [labels.critical, (x) => box(x, 7, 18, 9, filled, ink)],
      [labels.baseline, (x) => box(x, 10, 18, 4, vacant)],
      [labels.slack, (x) => rule(x, 12, x + 18, 12, faint, 1.2, '3 3')],
      [labels.fixed, (x) => rule(x + 9, 5, x + 9, 18, accent, 1.6)],
    ]
    let x = this.names
    return marks.flatMap(([label, mark]) => {
      const drawn = [mark(x), text(x + 23, 16, label, this.palette.faint, 11)]
      x += 40 + widthOf(label) * 11
      return drawn
    })
  }

  private colour(light: GanttRow['light']): string {
    const { over, reserved, filled, vacant, faint } = this.palette
    return { red: over, yellow: reserved, green: filled, done: faint, grey: vacant }[light]
  }
}

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  for (let at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`); ;) {
    const month = at.toISOString().slice(0, 7)
    if (month > to.slice(0, 7)) return months
    if (`${month}-01` >= from) months.push(month)
    at = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1))
  }
}

/** Full-width characters; Latin counts half. */
function widthOf(label: string): number {
  return [...label].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) < 0x2e80 ? 0.55 : 1), 0)
}
