import type { HttpContext } from '@adonisjs/core/http'
import { authorizeToRun } from '../access.js'
import { discardImport } from '../actions/discard_import.js'
import { importById } from '../queries/import_row.js'
import { moveValidator } from '../validators/import_validators.js'

export default class DiscardsController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const id = Number(params.id)
    authorizeToRun(actor!, await importById(id))
    const { version } = await request.validateUsing(moveValidator)
    await discardImport({ id, version }, actor!)
    session.flash('success', i18n.t('imports.done.discarded'))
    return response.redirect().toRoute('imports.imports.show', { id })
  }
}
