import type { HttpContext } from '@adonisjs/core/http'
import { returnProposal } from '../actions/decide.js'
import { decisionById } from '../queries/decisions.js'
import { returnValidator } from '../validators.js'

export default class ReturnsController {
  /** A decider sends it back; the proposer may take back the own proposal. */
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const decision = await decisionById(Number(params.id))
    const own = decision.proposedBy !== null && decision.proposedBy === actor!.userId
    const grant = actor!.authorize(own ? 'decisions.propose' : 'decisions.decide')
    const { version, comment } = await request.validateUsing(returnValidator)
    await returnProposal({ decisionId: decision.id, version, reason: comment, grant }, actor!)
    session.flash('success', i18n.t('decisions.done.returned'))
    return response.redirect().toRoute('decisions.decisions.show', { id: params.id })
  }
}
