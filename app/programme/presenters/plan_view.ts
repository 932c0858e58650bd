import type { I18n } from '@adonisjs/i18n'
import { ganttChart, type Gantt, type GanttRow } from '#shared/charts/gantt'
import { addDays } from '#shared/dates'
import { LIGHTS, type Light } from '../domain/lights.js'
import type { SlipRow } from '../queries/baselines.js'

export const GROUPINGS = ['phase', 'unit'] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface PlanGroup {
  /** In the address, when it is closed. */
  key: string
  title: string
  /** Heads its group: the milestone of a phase. */
  head: SlipRow | null
  rows: SlipRow[]
  closed: boolean
}

/** Items below their milestone or by lead unit, in the order of the plan. */
export function groupsOf(
  rows: readonly SlipRow[],
  by: Grouping,
  closed: ReadonlySet<string>,
  rest: string
): PlanGroup[] {
  const groups = new Map<string, PlanGroup>()
  const milestones = new Map(
    rows.filter(({ kind }) => kind === 'milestone').map((row) => [row.id, row])
  )
  const place = (key: string, title: string, head: SlipRow | null) => {
    const found = groups.get(key) ?? { key, title, head, rows: [], closed: closed.has(key) }
    groups.set(key, found)
    return found
  }
  for (const row of rows) {
    if (by === 'unit') {
      place(`u${row.leadUnitId}`, row.leadUnitName, null).rows.push(row)
    } else if (row.kind === 'milestone') {
      place(`m${row.id}`, `${row.number} ${row.name}`, row)
    } else {
      const head = row.phaseId === null ? null : (milestones.get(row.phaseId) ?? null)
      const group = head
        ? place(`m${head.id}`, `${head.number} ${head.name}`, head)
        : place('m0', rest, null)
      group.rows.push(row)
    }
  }
  return [...groups.values()]
}

const LABELS = ['today', 'baseline', 'forecast', 'critical', 'slack', 'fixed'] as const
type Labels = Gantt['labels']

/** The plan as a picture; null when nothing of it has a date. */
export function planPicture(
  groups: readonly PlanGroup[],
  { today, i18n, title, baseline }: { today: string; i18n: I18n; title: string; baseline?: string }
): string | null {
  const bars = planBars(groups, today)
  if (!bars) return null
  const labels = Object.fromEntries(
    LABELS.map((name) => [name, i18n.t(`programme.chart.${name}`)])
  ) as Labels
  return ganttChart({
    title,
    today,
    ...bars,
    labels: baseline ? { ...labels, baseline } : labels,
  })
}

/** Bars of the groups and the days that they lie in; null when nothing of them has a date. */
export function planBars(
  groups: readonly PlanGroup[],
  today: string
): Pick<Gantt, 'rows' | 'from' | 'to'> | null {
  const rows = groups.flatMap(ganttRows)
  const dates = rows
    .flatMap((row) => [row.start, row.finish, row.baselineStart, row.baselineFinish, row.fixed])
    .filter((date) => date !== null)
    .sort()
  if (dates.length === 0) return null
  return {
    rows,
    from: addDays([dates[0], today].sort()[0], -7),
    to: addDays([dates.at(-1)!, today].sort()[1], 14),
  }
}

function ganttRows(group: PlanGroup): GanttRow[] {
  const heading = group.head ? null : group.title
  if (group.head) {
    const shown = group.closed ? [] : group.rows
    return [
      barOf(group.head, null),
      ...shown.map((row) => ({ ...barOf(row, null), indented: true })),
    ]
  }
  return group.closed ? [summaryOf(group)] : group.rows.map((row) => barOf(row, heading))
}

function barOf(row: SlipRow, group: string | null): GanttRow {
  const { forecast, baseline } = row
  return {
    id: row.id,
    label: `${row.number} ${row.name}`,
    group,
    start: forecast.start,
    finish: forecast.finish,
    baselineStart: baseline?.start ?? null,
    baselineFinish: baseline?.finish ?? null,
    slackUntil: forecast.slack !== null && forecast.slack > 0 ? forecast.latestFinish : null,
    critical: forecast.critical,
    milestone: row.kind === 'milestone',
    light: forecast.light,
    fixed: row.fixedOn,
  }
}

/** A closed group as one bar from its first to its last day, in its worst light. */
function summaryOf({ title, rows }: PlanGroup): GanttRow {
  const days = (pick: (row: SlipRow) => string | null | undefined) =>
    rows
      .map(pick)
      .filter((day) => typeof day === 'string')
      .sort()
  return {
    id: `group-${rows[0].id}`,
    label: title,
    group: null,
    start: days(({ forecast }) => forecast.start)[0] ?? null,
    finish: days(({ forecast }) => forecast.finish).at(-1) ?? null,
    baselineStart: days(({ baseline }) => baseline?.start)[0] ?? null,
    baselineFinish: days(({ baseline }) => baseline?.finish).at(-1) ?? null,
    slackUntil: null,
    milestone: false,
    fixed: null,
    critical: rows.some(({ forecast }) => forecast.critical),
    light: worstLight(rows.map(({ forecast }) => forecast.light)),
  }
}

export function worstLight(lights: readonly Light[]): Light {
  return LIGHTS.find((light) => lights.includes(light)) ?? 'grey'
}
