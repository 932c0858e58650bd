import { randomUUID } from 'node:crypto'
import { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'
import { postMovement, type EntryInput } from '#organization/actions/quota/post_movement'
import type { FundingType } from '#organization/domain/codes'
import { wantedSeats, type SeatsByCategory } from '#organization/actions/quota/seats'

export const system = Actor.system('test')

/** Opens seats straight into `vacant`, as the founding documents of the sample do. */
export async function givenSeats(
  unitId: number,
  fundingType: FundingType,
  seats: SeatsByCategory,
  effectiveOn = '2020-01-01'
) {
  const entries: EntryInput[] = wantedSeats(seats).flatMap(({ category, count }) => [
    { unitId, fundingType, category, account: 'issued', amount: -count },
    { unitId, fundingType, category, account: 'vacant', amount: count },
  ])
  await inTransaction((trx) =>
    postMovement(trx, system, {
      key: `test:${randomUUID()}`,
      kind: 'opening',
      effectiveOn,
      documentId: null,
      entries,
    })
  )
}
