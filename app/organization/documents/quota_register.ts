import type { I18n } from '@adonisjs/i18n'
import type { Register } from '#shared/spreadsheets/register_writer'
import type { QuotaTable } from '../presenters/quota_table.js'

const FIGURES = ['authorised', 'filled', 'reserved', 'vacant', 'over', 'target'] as const

/** The ledger's figures as a workbook: one row per unit, funding type and category, and the sums. */
export function quotaRegister(table: QuotaTable, i18n: I18n): Register {
  const t = (key: string) => i18n.t(key)
  const total = t('shared.words.total')
  const figuresOf = (row: Record<(typeof FIGURES)[number], number | null>) =>
    FIGURES.map((name) => row[name])
  const rows = table.groups.flatMap((group) => {
    const funding = t(`shared.funding.${group.fundingType}`)
    return [
      ...group.lines.map((line) => [
        group.unitName,
        funding,
        t(`shared.category.${line.category}`),
        ...figuresOf(line),
      ]),
      [group.unitName, funding, total, ...figuresOf(group)],
    ]
  })
  return {
    title: `${t('organization.pages.quota')} ${table.asOf}`,
    sheets: [
      {
        name: t('organization.pages.quota'),
        columns: [
          { header: t('shared.words.unit'), width: 28 },
          { header: t('shared.words.funding_type'), width: 14 },
          { header: t('shared.words.quota_category'), width: 14 },
          ...FIGURES.map((name) => ({
            header: t(`organization.quota.${name}`),
            kind: 'number' as const,
            width: 12,
          })),
        ],
        rows: [...rows, [total, '', '', ...figuresOf(table.total)]],
      },
    ],
  }
}
