import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#shared/once'
import { proposeReplacement } from '../actions/replace.js'
import { ARRANGEMENTS, formOf } from '../domain/value_forms.js'
import { decisionTitle, valueFacts } from '../presenters.js'
import { decisionById } from '../queries/decisions.js'
import { requiredDocument } from '../queries/documents.js'
import { decisionSubjects } from '../subjects.js'
import { replacementValidator } from '../validators.js'

export default class ReplacementsController {
  async create({ actor, params, view, i18n }: HttpContext) {
    actor!.authorize('decisions.propose')
    const decision = await decisionById(Number(params.id))
    return view.render('pages/decisions/replace', {
      decision,
      title: decisionTitle(decision, i18n),
      form: formOf(decision.topic, decision.subjectType !== null),
      arrangements: ARRANGEMENTS,
      units: await decisionSubjects.options('unit'),
      facts: await valueFacts(decision, i18n),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('decisions.propose')
    const form = await request.validateUsing(replacementValidator)
    const documentId = await requiredDocument(form.document_id)
    const id = await once(request.input('_key'), 'decisions.replace', actor!.userId, (trx) =>
      proposeReplacement(
        {
          decisionId: Number(params.id),
          fields: request.all(),
          documentId,
          effectiveOn: form.effective_on ?? null,
          reason: form.reason,
        },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('decisions.done.proposed'))
    return response.redirect().toRoute('decisions.decisions.show', { id })
  }
}
