import type { HttpContext } from '@adonisjs/core/http'
import { ARRANGEMENTS, formOf } from '#decisions/domain/value_forms'
import { decisionTitle } from '#decisions/presenters'
import { decisionById } from '#decisions/queries/decisions'
import { decisionSubjects } from '#decisions/subjects'
import { NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { resolutionToDecision, resolutionToTask } from '../actions/carry_out_resolution.js'
import { addResolution, removeResolution } from '../actions/minutes.js'
import { authorizeAll } from '../access.js'
import { RHYTHMS } from '../domain/tasks.js'
import { resolutionById } from '../queries/resolutions.js'
import { resolutionTaskValidator, resolutionValidator, versionValidator } from '../validators.js'

/** 议定事项: written with the minutes, then turned into a task or into the value of a decision. */
export default class ResolutionsController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(resolutionValidator)
    const input = {
      meetingId: Number(params.id),
      content: form.content,
      leadUnitId: form.lead_unit_id ?? null,
      dueOn: form.due_on ?? null,
      decisionId: form.decision_id ?? null,
    }
    await once(request.input('_key'), 'governance.resolution', actor!.userId, (trx) =>
      addResolution(input, actor!, trx)
    )
    session.flash('success', i18n.t('governance.done.resolution_added'))
    return response.redirect(`/governance/meetings/${params.id}?tab=minutes`)
  }

  async remove({ actor, params, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const { meetingId } = await resolutionById(Number(params.id))
    await removeResolution(Number(params.id), actor!)
    session.flash('success', i18n.t('governance.done.resolution_removed'))
    return response.redirect(`/governance/meetings/${meetingId}?tab=minutes`)
  }

  async task({ actor, params, view }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const resolution = await resolutionById(Number(params.id))
    return view.render('pages/governance/resolutions/task', { resolution, rhythms: RHYTHMS })
  }

  async toTask({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(resolutionTaskValidator)
    const input = {
      resolutionId: Number(params.id),
      leadUnitId: form.lead_unit_id,
      dueOn: form.due_on ?? null,
      rhythm: form.rhythm ?? null,
    }
    const id = await once(request.input('_key'), 'governance.to_task', actor!.userId, (trx) =>
      resolutionToTask(input, actor!, trx)
    )
    session.flash('success', i18n.t('governance.done.task_assigned'))
    return response.redirect().toRoute('governance.tasks.show', { id })
  }

  async decision({ actor, params, view, i18n }: HttpContext) {
    actor!.authorize('decisions.propose')
    authorizeAll(actor!, 'governance.prepare')
    const resolution = await resolutionById(Number(params.id))
    if (resolution.decisionId === null) throw new NotFoundError('decision')
    const decision = await decisionById(resolution.decisionId)
    return view.render('pages/governance/resolutions/decision', {
      resolution,
      // The minutes are its document, and it takes effect with the meeting.
      decision: {
        ...decision,
        documentId: resolution.documentId,
        documentNo: resolution.number,
        effectiveOn: resolution.heldOn,
      },
      title: decisionTitle(decision, i18n),
      form: formOf(decision.topic, decision.subjectType !== null),
      fixedDocument: true,
      arrangements: ARRANGEMENTS,
      units: await decisionSubjects.options('unit'),
    })
  }

  async toDecision({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('decisions.propose')
    authorizeAll(actor!, 'governance.prepare')
    const { version } = await request.validateUsing(versionValidator)
    const input = { resolutionId: Number(params.id), version, fields: request.all() }
    const id = await once(request.input('_key'), 'governance.to_decision', actor!.userId, (trx) =>
      resolutionToDecision(input, actor!, trx)
    )
    session.flash('success', i18n.t('governance.done.decision_proposed'))
    return response.redirect().toRoute('decisions.decisions.show', { id })
  }
}
