import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { settleWarning } from '../actions/watch_spending.js'
import { WARNING_STATES, type WarningVerb } from '../domain/warnings.js'
import { spendingList } from '../queries/spending.js'
import { warningById, warningPage, type WarningRow } from '../queries/warnings.js'
import { payeeKey } from '../domain/spending.js'
import { addDays } from '#shared/dates'
import { oneOf } from '#shared/lists/filters'
import { commentValidator } from '../validators.js'

const KINDS = ['split', 'burst'] as const

/** What the spending watch found; each opens into its payments. */
export default class WarningsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('discipline.inspect')
    const filters = {
      state: oneOf(request.input('state'), WARNING_STATES),
      kind: oneOf(request.input('kind'), KINDS),
    }
    const page = await warningPage({
      ...filters,
      units: actor!.unitsFor('discipline.inspect'),
      cursor: request.input('cursor') ?? null,
    })
    return view.render('pages/discipline/warnings/index', {
      filters,
      page,
      warnings: page.rows,
      states: WARNING_STATES,
      kinds: KINDS,
    })
  }

  async show({ actor, params, view }: HttpContext) {
    const warning = await warningById(Number(params.id))
    const target = { unitId: warning.unitId }
    actor!.authorize('discipline.inspect', target)
    return view.render('pages/discipline/warnings/show', {
      warning,
      payments: await paymentsOf(warning),
      total: null,
      maySettle: actor!.may('discipline.watch', target),
      history: await historyOf('spending_warning', warning.id),
    })
  }

  async clear(ctx: HttpContext) {
    return this.settle(ctx, 'clear')
  }

  async refer(ctx: HttpContext) {
    return this.settle(ctx, 'refer')
  }

  private async settle(ctx: HttpContext, verb: WarningVerb) {
    const { actor, params, request, response, session, i18n } = ctx
    const { id: warningId, unitId } = await warningById(Number(params.id))
    actor!.authorize('discipline.watch', { unitId })
    const form = await request.validateUsing(commentValidator)
    await settleWarning({ warningId, verb, ...form }, actor!)
    session.flash('success', i18n.t(`discipline.done.warning_${verb}`))
    return response.redirect().toRoute('discipline.warnings.show', { id: warningId })
  }
}

async function paymentsOf({ kind, unitId, payee, category, from, to }: WarningRow) {
  // A burst lasts until the freeze ends, half-open; a cluster names its last day.
  const last = kind === 'burst' ? addDays(to, -1) : to
  const list = await spendingList({ unitId, category, from, to: last, units: 'all' })
  return payee ? list.filter((row) => payeeKey(row.payee) === payeeKey(payee)) : list
}
