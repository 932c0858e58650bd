import type { HttpContext } from '@adonisjs/core/http'
import type { Actor } from '#shared/actor'
import { historyOf } from '#audit/queries/history'
import { isAboutSelf } from '../actions/refuse_own.js'
import { ARRANGEMENTS, formOf, isMissingCode } from '../domain/value_forms.js'
import { decisionById, decisionPage, findDecision } from '../queries/decisions.js'
import { approvalSteps, decisionTitle, valueFacts } from '../presenters.js'
import { decisionSubjects } from '../subjects.js'

export default class DecisionsController {
  async index({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('decisions.view')
    const filters = { state: request.input('state'), kind: request.input('kind') }
    const page = await decisionPage({ ...filters, cursor: request.input('cursor') ?? null })
    const rows = page.rows.map((row) => ({ ...row, title: decisionTitle(row, i18n) }))
    return view.render('pages/decisions/index', { page, rows, filters })
  }

  async show({ actor, params, view, i18n }: HttpContext) {
    actor!.authorize('decisions.view')
    const decision = await decisionById(Number(params.id))
    const units = await decisionSubjects.options('unit')
    const own = isAboutSelf(decision, actor!)
    return view.render('pages/decisions/show', {
      decision,
      title: decisionTitle(decision, i18n),
      known: isMissingCode(decision.topic),
      form: formOf(decision.topic, decision.subjectType !== null),
      arrangements: ARRANGEMENTS,
      units,
      facts: await valueFacts(decision, i18n),
      steps: approvalSteps(decision, i18n),
      subject: await subjectOf(decision, actor!),
      pending: await findDecision(`replaces:${decision.id}`),
      history: await historyOf('decision', decision.id),
      own,
      mayPropose: !own && actor!.may('decisions.propose') && decision.state === 'open',
      mayDecide: !own && actor!.may('decisions.decide') && decision.state === 'proposed',
      ownProposal: decision.proposedBy !== null && decision.proposedBy === actor!.userId,
      mayReplace:
        actor!.may('decisions.propose') && decision.state === 'decided' && decision.kind !== 'held',
    })
  }
}

async function subjectOf(decision: Awaited<ReturnType<typeof decisionById>>, actor: Actor) {
  const { subjectType: type, subjectId: id } = decision
  if (!type || !id) return null
  const subject = (await decisionSubjects.names(type, [id])).get(id)
  if (!subject) return null
  return actor.may(decisionSubjects.capability(type)) ? subject : { ...subject, url: null }
}
