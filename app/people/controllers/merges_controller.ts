import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { DomainError, NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { mergePeople } from '../actions/merge_people.js'
import { undoMerge } from '../actions/undo_merge.js'
import { homeAssignmentOf } from '../queries/assignments.js'
import { distinctions, suspectedDuplicates } from '../queries/look_alikes.js'
import { mergeById, mergesPage, referencesTo } from '../queries/merges.js'
import { authorizeFor } from '../queries/people_scope.js'
import { personById } from '../queries/person.js'
import { mergeValidator } from '../validators/merge.js'
import { versionValidator } from '../validators/person.js'

/** Two records of one person become one, and apart again. */
export default class MergesController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('people.merge')
    // Names of people anywhere stand here: only for who may merge anywhere.
    const everywhere = actor!.unitsFor('people.merge') === 'all'
    return view.render('pages/people/merges/index', {
      page: everywhere
        ? await mergesPage(request.input('cursor') ?? null)
        : { rows: [], next: null, previous: null },
      suspects: everywhere ? await suspectedDuplicates() : [],
      apart: everywhere ? await distinctions() : [],
    })
  }

  /** Two records side by side, and what would move. */
  async create({ actor, request, view }: HttpContext) {
    actor!.authorize('people.merge')
    const ids = ['kept', 'merged'].map((name) => Number(request.input(name)) || null)
    const both = ids[0] && ids[1] && ids[0] !== ids[1]
    const sides = []
    for (const id of both ? (ids as number[]) : []) {
      const person = await personById(id)
      if (!person) throw new NotFoundError('person')
      await authorizeFor(actor!, 'people.merge', id)
      const home = await homeAssignmentOf(id, clock.today())
      sides.push({ person, home, references: await referencesTo(id) })
    }
    return view.render('pages/people/merges/create', { sides })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('people.merge')
    const {
      kept_id: keptId,
      merged_id: mergedId,
      reason,
    } = await request.validateUsing(mergeValidator)
    for (const id of [keptId, mergedId]) {
      if (!(await personById(id))) throw new DomainError('people.errors.merge_unknown')
    }
    await authorizeFor(actor!, 'people.merge', keptId)
    const grant = await authorizeFor(actor!, 'people.merge', mergedId)
    await once(request.input('_key'), 'people.merge', actor!.userId, (trx) =>
      mergePeople({ keptId, mergedId, reason, grant }, actor!, trx)
    )
    session.flash('success', i18n.t('people.merges.done'))
    return response.redirect().toRoute('people.persons.show', { id: keptId })
  }

  async undo({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('people.merge')
    const merge = await mergeById(Number(params.id))
    if (!merge) throw new NotFoundError('merge')
    const grant = await authorizeFor(actor!, 'people.merge', merge.keptId)
    const { version } = await request.validateUsing(versionValidator)
    await once(request.input('_key'), 'people.merge.undo', actor!.userId, (trx) =>
      undoMerge({ mergeId: merge.id, version, grant }, actor!, trx)
    )
    session.flash('success', i18n.t('people.merges.undone'))
    return response.redirect().toPath('/people/merges')
  }
}
