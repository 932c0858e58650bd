import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { FundingType, PostCategory } from '#organization/domain/codes'
import { seatLine } from '../domain/build_lines.js'
import { appendLines } from './add_lines.js'
import { checkSource, checkTarget } from './check_units.js'
import { openForEdit } from './move_batch.js'

export interface SeatsInput {
  batchId: number
  version: number
  fromUnitId: number
  toUnitId: number
  fundingType: FundingType
  category: PostCategory
  quantity: number
}

/** Adds vacant seats of one kind as a line without a person. */
export async function addSeats(input: SeatsInput, actor: Actor, trx?: Trx): Promise<void> {
  if (input.fromUnitId === input.toUnitId) throw new DomainError('transfers.errors.same_unit')
  await inTransaction(async (client) => {
    const batch = await openForEdit(client, { id: input.batchId, version: input.version })
    const { fromUnitId: unitId, fundingType, category, quantity: vacant } = input
    await checkSource(client, unitId)
    await checkTarget(client, input.toUnitId, batch.effectiveOn)
    const line = seatLine(input.toUnitId, { unitId, fundingType, category, vacant })
    await appendLines(client, actor, batch, [line], { by: 'seats', seats: input.quantity })
  }, trx)
}
