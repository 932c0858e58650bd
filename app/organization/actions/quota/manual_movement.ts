import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { FundingType, PostCategory } from '../../domain/codes.js'
import { entriesFor, type QuotaMovement } from '../../domain/quota_movements.js'
import { assertUnitAlive } from '../../queries/assert_unit_alive.js'
import type { ManualMovement } from '../../validators/quota.js'
import { POOL_UNIT_ID, postMovement } from './post_movement.js'
import { ledgerEntries } from './seats.js'

export interface ManualInput {
  kind: ManualMovement
  /** Null only for an opening of the pool. */
  unitId: number | null
  fundingType: FundingType
  category: PostCategory
  toCategory: PostCategory | null
  count: number
  effectiveOn: string
  documentId: number
  reason: string | null
}

/** Posts a movement that 编办 enters with its document; returns the movement's id. */
export async function postManualMovement(
  trx: Trx,
  actor: Actor,
  input: ManualInput
): Promise<number> {
  if (input.unitId) await assertUnitAlive(trx, input.unitId, input.effectiveOn)
  const movement = movementOf(input)
  const { movementId } = await postMovement(trx, actor, {
    key: `manual:${crypto.randomUUID()}`,
    kind: movement.kind,
    effectiveOn: input.effectiveOn,
    documentId: input.documentId,
    reason: input.reason,
    subjectType: 'document',
    subjectId: input.documentId,
    entries: ledgerEntries(entriesFor(movement)),
  })
  return movementId
}

function movementOf(input: ManualInput): QuotaMovement {
  const { count, fundingType: funding, category } = input
  if (input.kind === 'pool') {
    const cell = { unitId: POOL_UNIT_ID, funding, category }
    return { kind: 'opening', cell, into: 'pool', count }
  }
  if (!input.unitId) throw refusal('unit_id', 'unit_required')
  const cell = { unitId: input.unitId, funding, category }
  switch (input.kind) {
    case 'opening':
      return { kind: 'opening', cell, into: 'vacant', count }
    case 'issue':
      return { kind: 'issue', cell, poolUnitId: POOL_UNIT_ID, count }
    case 'reclassification': {
      const to = input.toCategory
      if (!to || to === category) throw refusal('to_category', 'other_category')
      return { kind: 'reclassification', cell, to, seat: 'vacant', count }
    }
  }
}

function refusal(field: string, name: string) {
  const code = `organization.errors.${name}`
  return new DomainError(code, {}, [{ field, code }])
}
