import type { HttpContext } from '@adonisjs/core/http'
import { DomainError, NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { tellApart, undoTellApart } from '../actions/tell_apart.js'
import { distinctionById } from '../queries/look_alikes.js'
import { authorizeFor } from '../queries/people_scope.js'
import { personById } from '../queries/person.js'
import { distinctionValidator } from '../validators/merge.js'
import { versionValidator } from '../validators/person.js'

/** Two records that look alike and are two people. */
export default class DistinctionsController {
  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('people.merge')
    const {
      first_id: first,
      second_id: second,
      reason,
    } = await request.validateUsing(distinctionValidator)
    for (const id of [first, second]) {
      if (!(await personById(id))) throw new DomainError('people.errors.merge_unknown')
    }
    await authorizeFor(actor!, 'people.merge', first)
    const grant = await authorizeFor(actor!, 'people.merge', second)
    await once(request.input('_key'), 'people.tell_apart', actor!.userId, (trx) =>
      tellApart({ personIds: [first, second], reason, grant }, actor!, trx)
    )
    session.flash('success', i18n.t('people.merges.told_apart'))
    return response.redirect().toPath('/people/merges')
  }

  async undo({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('people.merge')
    const found = await distinctionById(Number(params.id))
    if (!found) throw new NotFoundError('distinction')
    const [first, second] = found.personIds
    await authorizeFor(actor!, 'people.merge', first)
    const grant = await authorizeFor(actor!, 'people.merge', second)
    const { version } = await request.validateUsing(versionValidator)
    await once(request.input('_key'), 'people.tell_apart.undo', actor!.userId, (trx) =>
      undoTellApart({ distinctionId: found.id, version, grant }, actor!, trx)
    )
    session.flash('success', i18n.t('people.merges.apart_undone'))
    return response.redirect().toPath('/people/merges')
  }
}
