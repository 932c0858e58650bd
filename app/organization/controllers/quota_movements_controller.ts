import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import { once } from '#shared/once'
import { postManualMovement } from '../actions/quota/manual_movement.js'
import { categoryOptions, fundingOptions, unitOptions } from '../presenters/options.js'
import { authorizeEverywhere } from '../scope.js'
import { MANUAL_MOVEMENTS, movementValidator } from '../validators/quota.js'

/** Openings, issues from the pool (核增) and reclassifications that 编办 enters by hand. */
export default class QuotaMovementsController {
  async create({ actor, view, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'quota.approve')
    return view.render('pages/organization/quota/create_movement', {
      kinds: MANUAL_MOVEMENTS,
      units: await unitOptions(),
      fundings: fundingOptions(i18n),
      categories: categoryOptions(i18n),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'quota.approve')
    const form = await request.validateUsing(movementValidator)
    const documentId = await requiredDocument(form.document_id)
    const id = await once(request.input('_key'), 'organization.movement', actor!.userId, (trx) =>
      postManualMovement(trx, actor!, {
        kind: form.kind,
        unitId: form.unit_id ?? null,
        fundingType: form.funding_type,
        category: form.category,
        toCategory: form.to_category ?? null,
        count: form.quantity,
        effectiveOn: form.effective_on,
        documentId,
        reason: form.reason ?? null,
      })
    )
    session.flash('success', i18n.t('organization.done.movement_posted'))
    return response.redirect().toRoute('organization.quota_entries.show', { id })
  }
}
