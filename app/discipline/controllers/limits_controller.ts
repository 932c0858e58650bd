import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import { clock } from '#shared/clock'
import { type Actor } from '#shared/actor'
import { ForbiddenError } from '#shared/errors'
import { setLimit } from '../actions/set_limit.js'
import { DAILY_CATEGORIES } from '../domain/spending.js'
import { fenFrom } from '../form_values.js'
import { limitList } from '../queries/spending.js'
import { limitValidator } from '../validators.js'

/** Ceilings of necessary daily spending, dated, each with its document. */
export default class LimitsController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('spending.view')
    return view.render('pages/discipline/limits/index', {
      limits: await limitList(),
      categories: DAILY_CATEGORIES,
      today: clock.today(),
      maySet: actor!.unitsFor('discipline.declare') === 'all',
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    mayConfigure(actor!)
    const form = await request.validateUsing(limitValidator)
    await setLimit(
      {
        category: form.category,
        singleFen: fenFrom(form.single, 'single'),
        monthFen: fenFrom(form.month, 'month'),
        validFrom: form.valid_from,
        documentId: await requiredDocument(form.document_id),
      },
      actor!
    )
    session.flash('success', i18n.t('discipline.done.limit_set'))
    return response.redirect().toRoute('discipline.limits.index')
  }
}

/** Ceilings hold for every unit: only a grant over all of them sets one. */
function mayConfigure(actor: Actor) {
  actor.authorize('discipline.declare')
  if (actor.unitsFor('discipline.declare') !== 'all') throw new ForbiddenError('discipline.declare')
}
