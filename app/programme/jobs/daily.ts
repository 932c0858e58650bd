import { keepForecast, observeFacts } from '../actions/observe.js'

export const DAILY_JOB = 'programme.daily'
export const HOUR = 3_600

/** Takes over what the records say and keeps the forecast of the day; safe to run twice. */
export async function programmeDaily() {
  const changed = await observeFacts()
  await keepForecast()
  return { changed }
}
