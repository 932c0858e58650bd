import type { HttpContext } from '@adonisjs/core/http'
import { assume, type WhatIf } from '../domain/what_if.js'
import { slipBetween } from '../domain/slips.js'
import { groupsOf, planPicture } from '../presenters/plan_view.js'
import { outlook, outlookOf, visibleRows } from '../queries/forecast.js'

const MOST = 5
const FURTHEST = 500

/** 推演: what would slip if some items took longer. Computed for the page, never written. */
export default class WhatIfController {
  async show({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('programme.view')
    const now = await outlook()
    if (!now) return view.render('pages/programme/empty', { mayEdit: false })
    const visible = visibleRows(actor!, now.rows)
    const seen = new Set(visible.map(({ id }) => id))
    const assumptions = assumptionsIn(request.qs()).filter(({ itemId }) => seen.has(itemId))
    const { items } = assume(now.plan, now.calendar, now.forecast, assumptions)
    const then = outlookOf({ ...now.plan, items }, now.calendar, now.today)
    const rows = then.rows
      .filter(({ id }) => seen.has(id))
      .map((row) => {
        const { start, finish } = now.forecast.items.get(row.id)!
        return {
          ...row,
          // The plan as it stands is what the other one is measured against.
          baseline: { start, finish, fixedOn: row.fixedOn },
          slip: slipBetween(now.calendar, finish, row.forecast.finish),
          before: now.forecast.items.get(row.id)!,
        }
      })
    const title = i18n.t('programme.pages.what_if')
    const groups = groupsOf(rows, 'phase', new Set(), i18n.t('programme.no_phase'))
    const baseline = i18n.t('programme.chart.now')
    return view.render('pages/programme/what_if', {
      assumptions,
      rows,
      moved: rows.filter(({ slip }) => slip !== null && slip !== 0),
      choices: visible.filter(({ finishedOn }) => !finishedOn),
      places: Array.from({ length: Math.min(MOST, assumptions.length + 1) }, (_, index) => index),
      picture: assumptions.length
        ? planPicture(groups, { today: now.today, i18n, title, baseline })
        : null,
    })
  }
}

/** `item[0]=7&days[0]=10&item[1]=…`; what is no assumption is left out. */
function assumptionsIn(query: Record<string, any>): WhatIf[] {
  const items = Object.values(query.item ?? {}).map(Number)
  const days = Object.values(query.days ?? {}).map(Number)
  return items
    .map((itemId, index) => ({ itemId, days: days[index] }))
    .filter(({ itemId, days: by }) => {
      return itemId > 0 && Number.isInteger(by) && by !== 0 && Math.abs(by) <= FURTHEST
    })
    .slice(0, MOST)
}
