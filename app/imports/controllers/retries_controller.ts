import type { HttpContext } from '@adonisjs/core/http'
import { retryImport } from '../actions/retry_import.js'

export default class RetriesController {
  async store({ actor, params, response, session, i18n }: HttpContext) {
    actor!.authorize('imports.run')
    const id = Number(params.id)
    await retryImport({ id }, actor!)
    session.flash('success', i18n.t('imports.done.retried'))
    return response.redirect().toRoute('imports.imports.show', { id })
  }
}
