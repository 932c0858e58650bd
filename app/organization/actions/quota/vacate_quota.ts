import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { entriesFor, type QuotaMovement } from '../../domain/quota_movements.js'
import type { SeatsInput } from './fill_quota.js'
import { postMovement } from './post_movement.js'
import { ledgerEntries, wantedSeats, type SeatsByCategory } from './seats.js'

/**
 * People leave their seats: `wanted` the ordinary ones, `over` those above the quota, whose
 * exception ends with them. More than are filled: `organization.errors.no_room`.
 */
export async function vacateQuota(
  trx: Trx,
  actor: Actor,
  input: SeatsInput & { over?: SeatsByCategory }
): Promise<{ warnings: [] }> {
  const cell = { unitId: input.unitId, funding: input.fundingType }
  const movements: QuotaMovement[] = [
    ...wantedSeats(input.wanted).map(({ category, count }) => ({
      kind: 'vacate' as const,
      cell: { ...cell, category },
      count,
      from: 'filled' as const,
    })),
    ...wantedSeats(input.over ?? {}).map(({ category, count }) => ({
      kind: 'vacate' as const,
      cell: { ...cell, category },
      count,
      from: 'over' as const,
    })),
  ]
  if (movements.length === 0) return { warnings: [] }
  await postMovement(trx, actor, {
    ...input,
    kind: 'vacate',
    entries: movements.flatMap((movement) => ledgerEntries(entriesFor(movement))),
  })
  return { warnings: [] }
}

/** An approval that leaves the flow gives its seats back. */
export async function releaseQuota(trx: Trx, actor: Actor, input: SeatsInput) {
  const seats = wantedSeats(input.wanted)
  if (seats.length === 0) return
  await postMovement(trx, actor, {
    ...input,
    kind: 'release',
    entries: seats.flatMap(({ category, count }) =>
      ledgerEntries(
        entriesFor({
          kind: 'release',
          cell: { unitId: input.unitId, funding: input.fundingType, category },
          count,
        })
      )
    ),
  })
}
