import type { HttpContext } from '@adonisjs/core/http'
import { isCivilDate } from '#shared/dates'
import { oneOf } from '#shared/lists/filters'
import { CATEGORY_ORDER, FUNDING_ORDER } from '../domain/codes.js'
import { ledgerPage, movementById } from '../queries/quota_ledger.js'
import { quotaBalances } from '../queries/quota_balances.js'
import { unitById } from '../queries/units.js'

/** What stands behind a figure: entries of an account, and the movement that made one. */
export default class QuotaEntriesController {
  async index({ actor, params, request, view }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('quota.view', { unitId: unit.id })
    const asOf: string | null = isCivilDate(request.input('as_of')) ? request.input('as_of') : null
    const filter = {
      fundingType: oneOf(request.input('funding'), FUNDING_ORDER),
      category: oneOf(request.input('category'), CATEGORY_ORDER),
    }
    const cursor = request.input('cursor') ?? null
    const balances = await quotaBalances({ asOf: asOf ?? undefined, unitIds: [unit.id] })
    return view.render('pages/organization/quota/entries', {
      unit,
      asOf,
      filter,
      page: await ledgerPage({ unitId: unit.id, ...filter, asOf, cursor }),
      balances: balances.filter(
        (row) =>
          (!filter.fundingType || row.fundingType === filter.fundingType) &&
          (!filter.category || row.category === filter.category)
      ),
    })
  }

  async show({ actor, params, view }: HttpContext) {
    actor!.authorize('quota.view')
    const movement = await movementById(Number(params.id))
    const units = movement.legs.map(({ unitId }) => unitId).filter((id) => id > 0)
    // Who sees one of its units sees the whole movement: half a movement explains nothing.
    if (!units.some((unitId) => actor!.may('quota.view', { unitId }))) {
      actor!.authorize('quota.view', { unitIds: units })
    }
    return view.render('pages/organization/quota/movement', { movement })
  }
}
