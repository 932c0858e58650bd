import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { sendRegister } from '#shared/downloads'
import { contractRegister } from '../documents/registers.js'
import { contractList, contractPage, contractShares } from '../queries/contracts.js'

const FORMS = ['direct', 'agency'] as const

/** 合同台账 of the contract staff; agency workers are marked. */
export default class ContractsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('selection.contracts')
    const filters = filtersOf(request, actor!.unitsFor('selection.contracts'))
    return view.render('pages/selection/contracts/index', {
      filters,
      forms: FORMS,
      page: await contractPage({ ...filters, cursor: request.input('cursor') ?? null }),
      shares: await contractShares(filters.units),
    })
  }

  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    actor!.authorize('selection.contracts')
    const rows = await contractList(filtersOf(request, actor!.unitsFor('selection.contracts')))
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'selection.contracts.exported',
        subjectType: 'contracts',
        subjectId: null,
        changes: { people: rows.length },
      })
    )
    return sendRegister(ctx, `合同台账-${clock.today()}.xlsx`, contractRegister(rows, i18n))
  }
}

function filtersOf(request: HttpContext['request'], units: 'all' | number[]) {
  const text: unknown = request.input('q')
  return {
    units,
    form: FORMS.find((form) => form === request.input('form')) ?? null,
    text: typeof text === 'string' && text !== '' ? text : null,
  }
}
