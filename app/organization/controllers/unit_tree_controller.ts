import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { isCivilDate } from '#shared/dates'
import { treePicture, treeRows } from '../presenters/tree_picture.js'
import { unitsOn } from '../queries/unit_tree.js'

export default class UnitTreeController {
  /** As of one day, or of two days side by side. */
  async show({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('organization.view')
    const asOf = dateOf(request.input('as_of')) ?? clock.today()
    const before = dateOf(request.input('before'))
    const now = await unitsOn(asOf)
    const earlier = before ? await unitsOn(before) : null
    const sides = [
      ...(earlier ? [{ date: before!, units: earlier, other: now, side: 'before' as const }] : []),
      { date: asOf, units: now, other: earlier, side: 'after' as const },
    ].map(({ date, units, other, side }) => ({
      date,
      rows: treeRows(units, other),
      picture: units.length ? treePicture(units, other, side, date, i18n) : null,
    }))
    return view.render('pages/organization/tree', { asOf, before, sides })
  }
}

function dateOf(value: unknown): string | null {
  return isCivilDate(value) ? value : null
}
