import type { I18n } from '@adonisjs/i18n'
import type { CalendarEvent } from '../domain/icalendar.js'
import type { ForecastRow } from '../queries/forecast.js'

/** Work from its first to its last day, milestones on theirs; a fixed date as a day of its own. */
export function feedEvents(
  rows: readonly ForecastRow[],
  address: string,
  i18n: I18n
): CalendarEvent[] {
  const host = new URL(address).host
  return rows.flatMap((row) => {
    const url = `${address}/programme/items/${row.id}`
    const about = {
      url,
      description: [
        row.leadUnitName,
        i18n.t(`programme.lights.${row.forecast.light}`),
        i18n.t(`programme.reasons.${row.forecast.reason}`),
        row.deliverable,
      ]
        .filter(Boolean)
        .join('\n'),
    }
    const { start, finish } = row.forecast
    const events: CalendarEvent[] = []
    if (finish) {
      events.push({
        uid: `work-item-${row.id}@${host}`,
        date: start ?? finish,
        endDate: finish,
        ...about,
        summary: `${row.number} ${row.name}`,
      })
    }
    if (row.fixedOn && row.fixedOn !== finish && !row.finishedOn) {
      events.push({
        uid: `fixed-date-${row.id}@${host}`,
        date: row.fixedOn,
        ...about,
        summary: i18n.t('programme.feed.fixed', { item: `${row.number} ${row.name}` }),
      })
    }
    return events
  })
}
