import { bulletinOf } from '#governance/queries/bulletin'
import type { Cards } from '../domain/scoring.js'

/** Cards that supervision (督查督办) gave each of these units within the days and did not lift. */
export async function cardsOf(
  unitIds: number[],
  days: { from: string; to: string }
): Promise<Map<number, Cards>> {
  const { units } = await bulletinOf(unitIds, days)
  const cards = new Map(units.map(({ unitId, yellow, red }) => [unitId, { yellow, red }]))
  return new Map(unitIds.map((id) => [id, cards.get(id) ?? { yellow: 0, red: 0 }]))
}

/** Where the orders of supervision of a unit are. */
export const cardsUrl = (unitId: number) => `/governance/orders?unit=${unitId}`
