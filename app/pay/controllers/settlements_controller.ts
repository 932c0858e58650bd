import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import { once } from '#shared/once'
import { approveSettlement, prepareSettlement, returnSettlement } from '../actions/settlements.js'
import { fenOf } from '../forms.js'
import { differenceById } from '../queries/differences.js'
import { settlementById } from '../queries/settlements.js'
import { settlementValidator } from '../validators.js'
import { decidePaper, type Decide } from './decide_paper.js'

/** Repayments and write-offs of a recovery that no run takes. */
export default class SettlementsController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const difference = await differenceById(Number(params.id))
    actor!.authorize('pay.prepare', { unitId: difference.unitId })
    const form = await request.validateUsing(settlementValidator)
    const input = {
      differenceId: difference.id,
      way: form.way,
      reason: form.reason,
      amountFen: fenOf(form.amount, 'amount'),
      settledOn: form.settled_on,
      documentId: await requiredDocument(form.document_id),
    }
    await once(request.input('_key'), 'pay.settlement', actor!.userId, (trx) =>
      prepareSettlement(input, actor!, trx)
    )
    session.flash('success', i18n.t('pay.done.submitted'))
    return response.redirect().toRoute('pay.differences.show', { id: difference.id })
  }

  async approve(ctx: HttpContext) {
    return this.decide(ctx, approveSettlement, 'approved')
  }

  async return(ctx: HttpContext) {
    return this.decide(ctx, returnSettlement, 'returned')
  }

  private async decide(ctx: HttpContext, action: Decide, done: string) {
    return decidePaper(ctx, await settlementById(Number(ctx.params.id)), action, done)
  }
}
