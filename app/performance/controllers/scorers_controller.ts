import type { HttpContext } from '@adonisjs/core/http'
import { departmentById } from '#organization/queries/posts'
import { DomainError } from '#shared/errors'
import { addScorer, removeScorer } from '../actions/appoint_scorers.js'
import { idOf } from '../policies.js'
import { cycleById, cycleUnits } from '../queries/cycles.js'
import { scorerValidator } from '../validators.js'

/** Who scores in a review. */
export default class ScorersController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const cycle = await cycleById(idOf(params.id))
    actor!.authorize('performance.prepare', { unitId: cycle.unitId })
    const form = await request.validateUsing(scorerValidator)
    const departmentId = form.department_id ?? null
    if (departmentId !== null) {
      const { unitId } = await departmentById(departmentId)
      const units = await cycleUnits(cycle.id)
      if (!units.some(({ id }) => id === unitId)) {
        const code = 'performance.errors.unit_elsewhere'
        throw new DomainError(code, {}, [{ field: 'department_id', code }])
      }
    }
    const input = { cycleId: cycle.id, userId: form.user_id, role: form.role, departmentId }
    await addScorer({ ...input, unitId: null }, actor!)
    session.flash('success', i18n.t('performance.done.scorer_added'))
    return response.redirect(`/performance/cycles/${cycle.id}?tab=scorers`)
  }

  async destroy({ actor, params, response, session, i18n }: HttpContext) {
    const cycle = await cycleById(idOf(params.id))
    actor!.authorize('performance.prepare', { unitId: cycle.unitId })
    await removeScorer({ cycleId: cycle.id, scorerId: idOf(params.scorerId) }, actor!)
    session.flash('success', i18n.t('performance.done.scorer_removed'))
    return response.redirect(`/performance/cycles/${cycle.id}?tab=scorers`)
  }
}
