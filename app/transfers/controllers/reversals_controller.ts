import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#shared/once'
import { reverseBatch } from '../actions/reverse_batch.js'
import { authorizePrepare, openBatch } from '../policies/access.js'
import { batchValidator } from '../validators/batches.js'
import { headingOf } from './batches_controller.js'

/** A new batch that takes an executed one back. */
export default class ReversalsController {
  async create({ actor, params, view }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened, opened.units.to)
    return view.render('pages/transfers/reversal', { batch: opened.batch })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened, opened.units.to)
    const form = await request.validateUsing(batchValidator)
    const id = await once(request.input('_key'), 'transfers.reverse', actor!.userId, (trx) =>
      reverseBatch({ ...headingOf(form), batchId: opened.batch.id }, actor!, trx)
    )
    session.flash('success', i18n.t('transfers.done.reversed'))
    return response.redirect().toRoute('transfers.batches.show', { id })
  }
}
