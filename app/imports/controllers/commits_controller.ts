import type { HttpContext } from '@adonisjs/core/http'
import { authorizeToRun } from '../access.js'
import { commitImport } from '../actions/commit_import.js'
import { importById } from '../queries/import_row.js'
import { moveValidator } from '../validators/import_validators.js'

export default class CommitsController {
  async store({ actor, params, request, response }: HttpContext) {
    const id = Number(params.id)
    authorizeToRun(actor!, await importById(id))
    const { version, confirmed } = await request.validateUsing(moveValidator)
    await commitImport({ id, version, confirmed: confirmed ?? false }, actor!)
    return response.redirect().toRoute('imports.imports.show', { id })
  }
}
