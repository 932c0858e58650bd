import type { HttpContext } from '@adonisjs/core/http'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { quotaBars } from '#shared/charts/quota_bars'
import { openingFigures } from '../queries/opening_figures.js'
import { waitingItems } from '../queries/inbox.js'
import type { QuotaFigure } from '../queries/quota_figures.js'

const SHOWN_ITEMS = 8
const SHOWN_BARS = 10

/** The first page: what waits for me, then the few figures that my grants reach. */
export default class HomeController {
  async show({ actor, i18n, response, view }: HttpContext) {
    if (isLiaison(actor!)) return response.redirect().toRoute('governance.owed.desk')
    const t = i18n.t.bind(i18n)
    const items = await waitingItems(actor!, t, clock.today())
    const opening = await openingFigures(actor!, clock.today())
    return view.render('pages/dashboard/home', {
      ...opening,
      items: items.slice(0, SHOWN_ITEMS),
      waiting: items.length,
      picture: opening.quota?.length ? pictureOf(opening.quota, t) : null,
    })
  }
}

/** Whose only work here is to report for a unit: the first page is what the unit owes. */
function isLiaison(actor: Actor): boolean {
  const roles = actor.roles.filter((role) => role !== 'staff')
  return roles.length > 0 && roles.every((role) => role === 'liaison')
}

function pictureOf(rows: QuotaFigure[], t: (key: string) => string): string {
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
