export interface Seat {
  id: number
  ticketNo: string
  room: number
  seat: number
}

/**
 * Tickets and seats for the test: posts in their order, people in the order of their digest, so
 * that neighbours do not follow from who applied first.
 */
export function seatPlan(
  people: readonly { id: number; post: number; key: string }[],
  prefix: string,
  perRoom: number
): Seat[] {
  return [...people]
    .sort((one, other) => one.post - other.post || (one.key < other.key ? -1 : 1))
    .map(({ id }, at) => ({
      id,
      ticketNo: `${prefix}${String(at + 1).padStart(4, '0')}`,
      room: Math.floor(at / perRoom) + 1,
      seat: (at % perRoom) + 1,
    }))
}
