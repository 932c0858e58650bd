import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import { decideConsequences } from '../actions/decide_consequences.js'
import { idOf } from '../policies.js'
import { cycleById } from '../queries/cycles.js'
import { consequenceValidator } from '../validators.js'

/** 结果运用: steps, reduced pay and grades that follow from a year's ratings. */
export default class ConsequencesController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const cycle = await cycleById(idOf(params.id))
    const grant = actor!.authorize('performance.apply', { unitId: cycle.unitId })
    const form = await request.validateUsing(consequenceValidator)
    const count = await decideConsequences(
      {
        cycleId: cycle.id,
        accepted: form.accepted === 'yes',
        grant,
        cardIds: Object.values(request.input('cards') ?? {}).map(idOf),
        documentId: await requiredDocument(form.document_id),
        reason: form.reason ?? null,
      },
      actor!
    )
    session.flash('success', i18n.t('performance.done.consequences', { count }))
    return response.redirect(`/performance/cycles/${cycle.id}?tab=proposals`)
  }
}
