import type { I18n } from '@adonisjs/i18n'
import { quotaBars } from '#shared/charts/quota_bars'
import type { FundingType, PostCategory } from '../domain/codes.js'
import { quotaBalances, type BalanceRow } from '../queries/quota_balances.js'
import { quotaTargets, type TargetRow } from '../queries/quota_targets.js'

export interface QuotaFilter {
  asOf: string
  unitIds?: number[]
  fundingType?: FundingType | null
  category?: PostCategory | null
}

export type QuotaLine = BalanceRow & { target: number | null }
type Figures = Omit<QuotaLine, 'unitId' | 'unitName' | 'fundingType' | 'category'>

export interface QuotaGroup extends Figures {
  unitId: number
  unitName: string
  fundingType: FundingType
  leaderPosts: number | null
  targetDocument: string | null
  lines: QuotaLine[]
}

export interface QuotaTable {
  asOf: string
  groups: QuotaGroup[]
  total: Figures
  chart: string | null
}

/** Unit × funding type × category with targets beside them, sums and the picture. */
export async function quotaTable(filter: QuotaFilter, i18n: I18n): Promise<QuotaTable> {
  const balances = (await quotaBalances(filter)).filter(
    (row) =>
      (!filter.fundingType || row.fundingType === filter.fundingType) &&
      (!filter.category || row.category === filter.category)
  )
  const targets = await quotaTargets(filter)
  const shown = balances.filter((row) => row.authorised || row.over || targetOf(targets, row))
  const groups = groupsOf(shown, targets, filter)
  return {
    asOf: filter.asOf,
    groups,
    total: sumUp(groups),
    chart: groups.length ? chartOf(groups, i18n) : null,
  }
}

function groupsOf(rows: BalanceRow[], targets: TargetRow[], filter: QuotaFilter): QuotaGroup[] {
  const groups = new Map<string, QuotaLine[]>()
  for (const row of rows) {
    const key = `${row.unitId}/${row.fundingType}`
    const target = targetOf(targets, row)
    groups.set(key, [
      ...(groups.get(key) ?? []),
      { ...row, target: target ? target[row.category] : null },
    ])
  }
  return [...groups.values()].map((lines) => {
    const target = targetOf(targets, lines[0])
    return {
      unitId: lines[0].unitId,
      unitName: lines[0].unitName,
      fundingType: lines[0].fundingType,
      lines,
      leaderPosts: target?.leaderPosts ?? null,
      targetDocument: target?.documentNo ?? null,
      ...sumUp(lines),
      // The approved total, also where a category of it has no seats yet.
      ...(filter.category ? {} : { target: target?.total ?? null }),
    }
  })
}

function targetOf(targets: TargetRow[], row: { unitId: number; fundingType: FundingType }) {
  return targets.find(
    (target) => target.unitId === row.unitId && target.fundingType === row.fundingType
  )
}

function sumUp(rows: readonly Figures[]): Figures {
  const total: Figures = { authorised: 0, filled: 0, reserved: 0, vacant: 0, over: 0, target: null }
  for (const row of rows) {
    for (const name of ['authorised', 'filled', 'reserved', 'vacant', 'over'] as const) {
      total[name] += row[name]
    }
    if (row.target !== null) total.target = (total.target ?? 0) + row.target
  }
  return total
}

function chartOf(groups: QuotaGroup[], i18n: I18n): string {
  const label = (name: string) => i18n.t(`organization.quota.${name}`)
  return quotaBars({
    title: i18n.t('organization.pages.quota'),
    labels: {
      filled: label('filled'),
      reserved: label('reserved'),
      vacant: label('vacant'),
      over: label('over'),
    },
    rows: groups.map((group) => ({
      unit: group.unitName,
      funding: i18n.t(`shared.funding.${group.fundingType}`),
      authorised: group.authorised,
      filled: group.filled + group.over,
      reserved: group.reserved,
      vacant: group.vacant,
      over: group.over,
    })),
  })
}
