import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#shared/once'
import { proposeDecision } from '../actions/propose_decision.js'
import { requiredDocument } from '../queries/documents.js'
import { proposalValidator } from '../validators.js'

export default class ProposalsController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('decisions.propose')
    const form = await request.validateUsing(proposalValidator)
    const documentId = await requiredDocument(form.document_id)
    await once(request.input('_key'), 'decisions.propose', actor!.userId, (trx) =>
      proposeDecision(
        {
          decisionId: Number(params.id),
          version: form.version,
          fields: request.all(),
          documentId,
          effectiveOn: form.effective_on ?? null,
          reason: form.reason ?? null,
        },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('decisions.done.proposed'))
    return response.redirect().toRoute('decisions.decisions.show', { id: params.id })
  }
}
