import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { isCivilDate } from '#shared/dates'
import { sendRegister } from '#shared/downloads'
import { oneOf } from '#shared/lists/filters'
import { CATEGORY_ORDER, FUNDING_ORDER } from '../domain/codes.js'
import { quotaRegister } from '../documents/quota_register.js'
import { categoryOptions, fundingOptions } from '../presenters/options.js'
import { quotaTable, type QuotaFilter } from '../presenters/quota_table.js'
import { poolBalances } from '../queries/quota_balances.js'
import { reformUnits } from '../queries/units.js'

/** 编制台账: the figures, their picture and their export, within the units that the actor may see. */
export default class QuotaController {
  async index({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('quota.view')
    const reach = actor!.unitsFor('quota.view')
    const filter = filterOf(request.qs(), reach)
    const units = await reformUnits()
    return view.render('pages/organization/quota/index', {
      filter,
      table: await quotaTable(filter, i18n),
      pool: reach === 'all' ? await poolBalances({ asOf: filter.asOf }) : [],
      units: units
        .filter(({ id }) => reach === 'all' || reach.includes(id))
        .map(({ id, name }) => ({ value: id, label: name })),
      fundings: fundingOptions(i18n),
      categories: categoryOptions(i18n),
      unitId: filter.unitIds?.length === 1 ? filter.unitIds[0] : null,
      mayExport: actor!.may('quota.export'),
      mayPost: actor!.unitsFor('quota.approve') === 'all',
    })
  }

  /** Exactly the rows of the page. */
  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('quota.export')
    const filter = filterOf(request.qs(), actor!.unitsFor('quota.export'))
    const table = await quotaTable(filter, i18n)
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'organization.quota.exported',
        subjectType: 'quota',
        subjectId: null,
        changes: { as_of: filter.asOf, rows: table.groups.length },
        grant,
      })
    )
    const name = `${i18n.t('organization.pages.quota')}-${filter.asOf}.xlsx`
    return sendRegister(ctx, name, quotaRegister(table, i18n))
  }
}

function filterOf(query: Record<string, any>, reach: 'all' | number[]): QuotaFilter {
  const unitId = Number(query.unit)
  const wanted = Number.isSafeInteger(unitId) && unitId > 0 ? [unitId] : null
  const allowed = reach === 'all' ? wanted : (wanted ?? reach).filter((id) => reach.includes(id))
  return {
    asOf: isCivilDate(query.as_of) ? query.as_of : clock.today(),
    unitIds: allowed ?? undefined,
    fundingType: oneOf(query.funding, FUNDING_ORDER),
    category: oneOf(query.category, CATEGORY_ORDER),
  }
}
