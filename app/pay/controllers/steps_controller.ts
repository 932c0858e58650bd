import type { HttpContext } from '@adonisjs/core/http'
import { NotFoundError } from '#shared/errors'
import { isReady, raiseSteps, settleStep } from '../actions/raise_steps.js'
import { openSteps } from '../queries/step_raises.js'

/** 晋升薪级: steps accepted from a year's review, until a base of pay contains them. */
export default class StepsController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    const steps = await openSteps({ units: actor!.unitsFor('pay.prepare') })
    return view.render('pages/pay/bases/steps', { steps, ready: steps.filter(isReady).length })
  }

  async raise({ actor, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const count = await raiseSteps(actor!.unitsFor('pay.prepare'), actor!)
    session.flash('success', i18n.t('pay.done.steps_raised', { count }))
    return response.redirect().toRoute('pay.steps.index')
  }

  async settle({ actor, params, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const [step] = await openSteps({ units: 'all', decisionId: Number(params.id) })
    if (!step) throw new NotFoundError('rating_decision')
    actor!.authorize('pay.prepare', { unitId: step.unitId, personId: step.personId })
    await settleStep(step.decisionId, actor!)
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.steps.index')
  }
}
