import { clock } from '#shared/clock'
import { affected, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { PostCategory } from '../../domain/codes.js'
import { entriesFor } from '../../domain/quota_movements.js'
import type { SeatsInput } from './fill_quota.js'
import type { EntryInput } from './post_movement.js'
import { ledgerEntries, wantedSeats } from './seats.js'

type ExceptionPlace = Pick<SeatsInput, 'unitId' | 'fundingType'>

/**
 * Entries that let people in above the quota by approved exceptions; each exception is used up by
 * a guarded UPDATE. Without one: DomainError `organization.errors.no_exception`.
 */
export async function exceptionEntries(trx: Trx, input: SeatsInput): Promise<EntryInput[]> {
  const entries: EntryInput[] = []
  for (const { category, count } of wantedSeats(input.wanted)) {
    await useUp(trx, input, category, count)
    const cell = { unitId: input.unitId, funding: input.fundingType, category }
    entries.push(...ledgerEntries(entriesFor({ kind: 'exception', cell, count })))
  }
  return entries
}

async function useUp(trx: Trx, input: SeatsInput, category: PostCategory, count: number) {
  const exceptions = await lockedExceptions(trx, input, category)
  let left = count
  for (const row of exceptions) {
    const seats = Math.min(left, Number(row.quantity) - Number(row.used))
    if (seats === 0) break
    const changed = await trx
      .from('quota_exceptions')
      .where('id', row.id)
      .whereRaw('used + ? <= quantity', [seats])
      .update({ used: trx.raw('used + ?', [seats]), updated_at: clock.now() })
    if (affected(changed)) left -= seats
  }
  if (left > 0) throw await noException(trx, input, category, left)
}

/** Approved exceptions that are not used up, locked until the end. */
export function lockedExceptions(trx: Trx, place: ExceptionPlace, category: PostCategory) {
  return trx
    .from('quota_exceptions')
    .where({ unit_id: place.unitId, funding_type: place.fundingType })
    .where({ category, state: 'approved' })
    .whereRaw('used < quantity')
    .orderBy('id')
    .forUpdate()
}

export async function noException(
  trx: Trx,
  { unitId, fundingType: funding }: ExceptionPlace,
  category: PostCategory,
  wanted: number
) {
  const unit = await trx.from('units').where('id', unitId).first()
  const params = { unit: unit?.name ?? '', funding, category, wanted }
  return new DomainError('organization.errors.no_exception', params)
}
