import type { Translate } from '#shared/ports/inbox'
import { quotaBars } from '#shared/charts/quota_bars'
import type { QuotaFigure } from '../queries/quota_figures.js'

const SHOWN_BARS = 10

/** The quota of the first units as bars; null without any. */
export function quotaPicture(rows: readonly QuotaFigure[] | null, t: Translate): string | null {
  if (!rows?.length) return null
  const label = (name: string) => t(`dashboard.quota.${name}`)
  return quotaBars({
    title: t('dashboard.quota.title'),
    width: 560,
    labels: {
      filled: label('filled'),
      reserved: label('reserved'),
      vacant: label('vacant'),
      over: label('over'),
    },
    rows: rows
      .slice(0, SHOWN_BARS)
      .map((row) => ({ ...row, funding: t(`shared.funding.${row.funding}`) })),
  })
}
