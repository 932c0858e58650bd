import dayjs from 'dayjs'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { APP_TZ } from '#shared/clock'
import { addDays } from '#shared/dates'

/** The first moment (UTC) after a civil date: what was recorded before it was known on that date. */
export function endOfCivilDay(date: string): string {
  return dayjs
    .tz(`${addDays(date, 1)} 00:00:00`, APP_TZ)
    .utc()
    .format('YYYY-MM-DD HH:mm:ss.SSS')
}

/**
 * Keeps the rows that count: those that are live today, or, with a civil date, those that were
 * live when that day ended (law 3).
 */
export function whereKnown(
  query: DatabaseQueryBuilderContract<any>,
  alias: string,
  knownOn: string | null = null
) {
  if (!knownOn) return query.where(`${alias}.live`, 1)
  const end = endOfCivilDay(knownOn)
  return query
    .where(`${alias}.recorded_at`, '<', end)
    .where((until) =>
      until.whereNull(`${alias}.superseded_at`).orWhere(`${alias}.superseded_at`, '>=', end)
    )
}

/** Keeps the rows whose half-open interval holds the date. */
export function whereInForce(
  query: DatabaseQueryBuilderContract<any>,
  alias: string,
  date: string
) {
  return query
    .where(`${alias}.valid_from`, '<=', date)
    .where((open) => open.whereNull(`${alias}.valid_to`).orWhere(`${alias}.valid_to`, '>', date))
}
