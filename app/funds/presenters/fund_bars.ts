import type { I18n } from '@adonisjs/i18n'
import { moneyBars } from '#shared/charts/money_bars'
import type { LineFigures } from '../domain/movements.js'

/** Where the money of each row stands, from paid to not yet released. */
export function fundBars(rows: readonly (LineFigures & { name: string })[], i18n: I18n): string {
  const label = (name: string) => i18n.t(`funds.parts.${name}`)
  return moneyBars({
    title: i18n.t('funds.chart'),
    unit: i18n.t('funds.ten_thousand'),
    parts: ['paid', 'to_pay', 'free', 'unreleased'].map(label),
    rows: rows.map((row) => ({
      label: row.name,
      fen: [
        row.paid,
        row.committed - row.paid,
        row.released - row.committed,
        row.budget - row.released,
      ],
    })),
  })
}
