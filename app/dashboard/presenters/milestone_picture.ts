import type { I18n } from '@adonisjs/i18n'
import type { PhaseSpan } from '#programme/queries/cockpit'
import { ganttChart, type GanttRow } from '#shared/charts/gantt'
import { addDays } from '#shared/dates'

const LABELS = ['today', 'baseline', 'forecast', 'critical', 'slack', 'fixed'] as const

/** What leads to each milestone, on the calendar; null when nothing of it has a date. */
export function milestonePicture(
  phases: readonly PhaseSpan[],
  today: string,
  i18n: I18n
): string | null {
  const dates = phases
    .flatMap(({ start, finish, fixedOn }) => [start, finish, fixedOn])
    .filter((date) => date !== null)
    .sort()
  if (!dates.length) return null
  const labels = LABELS.map((name) => [name, i18n.t(`programme.chart.${name}`)])
  return ganttChart({
    title: i18n.t('dashboard.cockpit.timeline'),
    rows: phases.map(barOf),
    today,
    from: addDays([dates[0], today].sort()[0], -7),
    to: addDays([dates.at(-1)!, today].sort()[1], 14),
    labels: Object.fromEntries(labels) as Record<(typeof LABELS)[number], string>,
    width: 880,
  })
}

function barOf({ itemId, fixedOn, ...phase }: PhaseSpan): GanttRow {
  return {
    ...phase,
    id: itemId,
    group: null,
    fixed: fixedOn,
    milestone: phase.start === null,
    baselineStart: null,
    baselineFinish: null,
    slackUntil: null,
  }
}
