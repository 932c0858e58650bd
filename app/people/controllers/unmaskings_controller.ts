import type { HttpContext } from '@adonisjs/core/http'
import { NotFoundError } from '#shared/errors'
import { unmask } from '../actions/unmask.js'
import { personById } from '../queries/person.js'
import { authorizeView, targetOf } from '../queries/people_scope.js'
import { unmaskValidator } from '../validators/person.js'

/** Shows one sealed value once, in the answer to the form itself: never in a URL, a session or a cache. */
export default class UnmaskingsController {
  async store({ actor, params, request, response, view }: HttpContext) {
    const person = await personById(Number(params.id))
    if (!person) throw new NotFoundError('person')
    await authorizeView(actor!, person.id)
    const { unitId } = await targetOf(person.id)
    const grant = actor!.authorize('people.unmask', { unitId, personId: person.id })
    const { field, reason } = await request.validateUsing(unmaskValidator)
    const value = await unmask({ personId: person.id, field, reason }, actor!, grant)
    response.header('Cache-Control', 'no-store')
    return view.render('pages/people/persons/unmasked', { person, field, value })
  }
}
