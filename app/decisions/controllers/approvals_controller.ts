import type { HttpContext } from '@adonisjs/core/http'
import { decide } from '../actions/decide.js'
import { versionValidator } from '../validators.js'

export default class ApprovalsController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const grant = actor!.authorize('decisions.decide')
    const { version } = await request.validateUsing(versionValidator)
    await decide({ decisionId: Number(params.id), version, grant }, actor!)
    session.flash('success', i18n.t('decisions.done.decided'))
    return response.redirect().toRoute('decisions.decisions.show', { id: params.id })
  }
}
