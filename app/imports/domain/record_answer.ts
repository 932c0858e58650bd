/**
 * The answer that names the record of an import (a round, a cycle, a count). Its unit stands beside
 * it, for that is the scope of the permission; only answers that were offered are taken.
 */
export function recordAnswer({ id, unitId }: { id: number; unitId: number }): string {
  return `${id}:${unitId}`
}

/** Number of the record; NaN without an answer. */
export function recordOfAnswer(answer: string | undefined): number {
  return Number((answer ?? '').split(':')[0] || Number.NaN)
}

/** The unit beside it; null without an answer. */
export function unitOfAnswer(answer: string | undefined): number | null {
  return Number((answer ?? '').split(':')[1]) || null
}
