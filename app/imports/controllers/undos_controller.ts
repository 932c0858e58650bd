import type { HttpContext } from '@adonisjs/core/http'
import { undoImport } from '../actions/undo_import.js'
import { authorizeImport } from '../actions/confirm_import.js'
import { moveValidator } from '../validators/import_validators.js'

export default class UndosController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const id = Number(params.id)
    await authorizeImport(actor!, id)
    const { version } = await request.validateUsing(moveValidator)
    await undoImport({ id, version }, actor!)
    session.flash('success', i18n.t('imports.done.undone'))
    return response.redirect().toRoute('imports.imports.show', { id })
  }
}
