import type { Cards } from '../domain/scoring.js'

/** Cards that supervision (督查督办) gave each of these units within the days. */
export async function cardsOf(
  unitIds: readonly number[],
  _days: { from: string; to: string }
): Promise<Map<number, Cards>> {
  return new Map(unitIds.map((id) => [id, { yellow: 0, red: 0 }]))
}

/** Where the orders of supervision of a unit are; null while nobody keeps any. */
export function cardsUrl(_unitId: number): string | null {
  return null
}
