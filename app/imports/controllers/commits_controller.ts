import type { HttpContext } from '@adonisjs/core/http'
import { commitImport } from '../actions/commit_import.js'
import { moveValidator } from '../validators/import_validators.js'

export default class CommitsController {
  async store({ actor, params, request, response }: HttpContext) {
    actor!.authorize('imports.run')
    const { version, confirmed } = await request.validateUsing(moveValidator)
    const id = Number(params.id)
    await commitImport({ id, version, confirmed: confirmed ?? false }, actor!)
    return response.redirect().toRoute('imports.imports.show', { id })
  }
}
