import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { FundingType } from '../../domain/codes.js'
import { assertUnitAlive } from '../../queries/assert_unit_alive.js'

export interface TargetInput {
  unitId: number
  fundingType: FundingType
  total: number
  management: number
  professional: number
  support: number
  leaderPosts: number
  validFrom: string
  documentId: number
}

/**
 * Records an approved number (核定编制数); its parts must add up. The same facts again change
 * nothing; other facts for the same date supersede the earlier row; a unit that is dissolved by then
 * takes none. Returns the id.
 */
export async function setTarget(trx: Trx, actor: Actor, input: TargetInput): Promise<number> {
  const parts = input.management + input.professional + input.support
  if (parts !== input.total) {
    throw new DomainError('organization.errors.target_parts', { total: input.total, parts })
  }
  await assertUnitAlive(trx, input.unitId, input.validFrom)
  const values = {
    unit_id: input.unitId,
    funding_type: input.fundingType,
    total: input.total,
    management: input.management,
    professional: input.professional,
    support: input.support,
    leader_posts: input.leaderPosts,
    valid_from: input.validFrom,
    document_id: input.documentId,
  }
  const before = await trx
    .from('quota_targets')
    .where({ unit_id: input.unitId, funding_type: input.fundingType })
    .where({ valid_from: input.validFrom, live: 1 })
    .forUpdate()
    .first()
  if (before && Object.entries(values).every(([name, value]) => before[name] === value)) {
    return Number(before.id)
  }
  // Superseded by itself for a moment: at most one live row a date, and the new id is not known yet.
  if (before) await supersede(trx, Number(before.id), Number(before.id))
  const id = await insertRow(trx, 'quota_targets', { ...values, recorded_at: clock.now() })
  if (before) await supersede(trx, Number(before.id), id)
  await record(trx, actor, {
    action: 'organization.quota.target_set',
    subjectType: 'unit',
    subjectId: input.unitId,
    changes: {
      ...values,
      total: [before ? Number(before.total) : null, input.total],
    },
  })
  return id
}

function supersede(trx: Trx, id: number, by: number) {
  return trx.from('quota_targets').where('id', id).update({ superseded_by: by })
}
