/** Somebody on a post in `[from, to)`; null: without an end. */
export interface Stay {
  from: string
  to: string | null
}

/** By how many the most people at once, from the date on, exceed those of `now` on the date itself. */
export function peakAbove(stays: readonly Stay[], now: readonly Stay[], date: string): number {
  const days = [date, ...stays.map(({ from }) => from).filter((from) => from > date)]
  return Math.max(...days.map((day) => on(stays, day))) - on(now, date)
}

function on(stays: readonly Stay[], day: string): number {
  return stays.filter(({ from, to }) => from <= day && (to === null || to > day)).length
}
