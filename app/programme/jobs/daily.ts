import { observeTasks } from '../actions/observe_tasks.js'
import { keepForecast, observeFacts } from '../actions/observe.js'

export const DAILY_JOB = 'programme.daily'
export const HOUR = 3_600

/** Takes over what the records say and keeps the forecast of the day; safe to run twice. */
export async function programmeDaily() {
  const changed = await observeFacts()
  const handedIn = await observeTasks()
  await keepForecast()
  return { changed, handedIn }
}
