import { CATEGORY_ORDER, type PostCategory } from '../domain/codes.js'

export type Seats = Record<PostCategory, number>

/**
 * Seats that a unit gets beyond what it inherits, by category. Where the approval shifts seats
 * between categories as well, only the sum is new; it is professional, and the shift is a
 * reclassification of its own. Never negative.
 */
export function newSeats(approved: Seats, inherited: Seats): Seats {
  const rest = { management: 0, professional: 0, support: 0 }
  for (const category of CATEGORY_ORDER) rest[category] = approved[category] - inherited[category]
  if (CATEGORY_ORDER.every((category) => rest[category] >= 0)) return rest
  const sum = CATEGORY_ORDER.reduce((total, category) => total + rest[category], 0)
  return { management: 0, professional: Math.max(0, sum), support: 0 }
}
