import type { EmploymentTerms, FundingType } from '#organization/domain/codes'
import { quotaBalances } from '#organization/queries/quota_balances'
import { quotaTargets } from '#organization/queries/quota_targets'
import { unitById } from '#organization/queries/units'

export interface RosterUnit {
  id: number
  name: string
  /** 编制类型 that the unit may have; undefined: its quota is not on record. */
  allowedTerms: EmploymentTerms[] | undefined
  /** Vacant seats by funding type. */
  vacant: Partial<Record<FundingType, number>>
}

/** What a roster is judged against: funding types by the unit's approved quota, and its room. */
export async function unitForRoster(unitId: number, asOf: string): Promise<RosterUnit> {
  const unit = await unitById(unitId, asOf)
  const targets = await quotaTargets({ asOf, unitIds: [unitId] })
  const fundings: FundingType[] = targets.map(({ fundingType }) => fundingType)
  const vacant: RosterUnit['vacant'] = {}
  for (const row of await quotaBalances({ unitIds: [unitId] })) {
    vacant[row.fundingType] = (vacant[row.fundingType] ?? 0) + row.vacant
  }
  return {
    id: unitId,
    name: unit.name,
    allowedTerms: fundings.length > 0 ? [...fundings, 'contract'] : undefined,
    vacant,
  }
}
