import type { HttpContext } from '@adonisjs/core/http'
import { commitImport } from '../actions/commit_import.js'
import { authorizeImport } from '../actions/confirm_import.js'
import { moveValidator } from '../validators/import_validators.js'

export default class CommitsController {
  async store({ actor, params, request, response }: HttpContext) {
    const id = Number(params.id)
    await authorizeImport(actor!, id)
    const { version, confirmed } = await request.validateUsing(moveValidator)
    await commitImport({ id, version, confirmed: confirmed ?? false }, actor!)
    return response.redirect().toRoute('imports.imports.show', { id })
  }
}
