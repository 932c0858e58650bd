import type { HttpContext } from '@adonisjs/core/http'
import { documentIdFrom } from '#decisions/queries/documents'
import { authorizeEverywhere } from '#organization/scope'
import { ForbiddenError } from '#shared/errors'
import { once } from '#shared/once'
import { decideConflict } from '../actions/decide_conflict.js'
import { decidedConflicts, openConflict, openConflicts } from '../queries/conflicts.js'
import { outlook } from '../queries/forecast.js'
import { conflictValidator } from '../validators.js'

/** Fixed dates that contradict each other: both ends, what is likely meant, and the decision. */
export default class ConflictsController {
  async index({ actor, view }: HttpContext) {
    seeEverything(actor!)
    const now = await outlook()
    return view.render('pages/programme/conflicts/index', {
      open: now ? openConflicts(now) : [],
      decided: await decidedConflicts(),
    })
  }

  async show({ actor, params, view }: HttpContext) {
    seeEverything(actor!)
    return view.render('pages/programme/conflicts/show', {
      conflict: await openConflict(endsOf(params)),
      mayDecide: actor!.unitsFor('programme.decide') === 'all',
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const grant = authorizeEverywhere(actor!, 'programme.decide')
    const form = await request.validateUsing(conflictValidator)
    const documentId = await documentIdFrom(form.document_id)
    const input = {
      ...endsOf(params),
      choice: form.choice,
      reason: form.reason,
      documentId,
      grant,
      fromOn: form.from_on ?? null,
      toOn: form.to_on ?? null,
    }
    await once(request.input('_key'), 'programme.conflict', actor!.userId, (trx) =>
      decideConflict(input, actor!, trx)
    )
    session.flash('success', i18n.t('programme.done.conflict_decided'))
    return response.redirect().toRoute('programme.conflicts.index')
  }
}

const endsOf = (params: Record<string, any>) => ({
  fromId: Number(params.from),
  toId: Number(params.to),
})

/** Both ends are shown with their units: only who sees the whole plan. */
function seeEverything(actor: NonNullable<HttpContext['actor']>) {
  actor.authorize('programme.view')
  if (actor.unitsFor('programme.view') !== 'all') throw new ForbiddenError('programme.view')
}
