import type { HttpContext } from '@adonisjs/core/http'
import { ROLES, SCOPES } from '#shared/actor'
import { clock } from '#shared/clock'
import { casesPort } from '#shared/ports/cases'
import { decideGrant, endGrant, proposeGrant } from '../actions/grants.js'
import { departmentsForChoice } from '../queries/departments_for_choice.js'
import { grantPage } from '../queries/grants.js'
import { unitsForGrants } from '../queries/units_for_choice.js'
import { userById } from '../queries/users.js'
import { decisionValidator, grantValidator, versionValidator } from '../validators/accounts.js'

export default class GrantsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('grants.manage')
    const { state, role, cursor = null } = request.qs()
    const page = await grantPage({ state, role }, cursor)
    return view.render('pages/accounts/grants/index', { page, state, role, roles: ROLES })
  }

  async create({ actor, request, view }: HttpContext) {
    actor!.authorize('grants.manage')
    const userId = Number(request.qs().user)
    return view.render('pages/accounts/grants/create', {
      user: userId ? await userById(userId) : null,
      roles: ROLES,
      scopes: SCOPES,
      units: await unitsForGrants(),
      from: clock.today(),
    })
  }

  /** Picker of the form: departments of all units. */
  async departments({ actor, request }: HttpContext) {
    actor!.authorize('grants.manage')
    return departmentsForChoice(String(request.qs().q ?? ''))
  }

  /** Picker of the form: single records, by number and title alone. */
  async cases({ actor, request }: HttpContext) {
    actor!.authorize('grants.manage')
    const cases = await casesPort.find(String(request.qs().q ?? ''))
    return cases.map(({ key, title }) => ({ value: key, text: title }))
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('grants.manage')
    const input = await request.validateUsing(grantValidator)
    await proposeGrant(
      {
        userId: input.user_id,
        role: input.role,
        scope: input.scope,
        unitId: input.unit_id ?? null,
        departmentId: input.department_id ?? null,
        caseKey: input.case_key ?? null,
        validFrom: input.valid_from,
        validTo: input.valid_to ?? null,
        reason: input.reason,
      },
      actor!
    )
    session.flash('success', i18n.t('accounts.grant_proposed'))
    return response.redirect().toRoute('accounts.grants.index')
  }

  async decide({ actor, params, request, response }: HttpContext) {
    actor!.authorize('grants.manage')
    const input = await request.validateUsing(decisionValidator)
    await decideGrant({ grantId: Number(params.id), ...input }, actor!)
    return response.redirect().withQs().back()
  }

  async end({ actor, params, request, response }: HttpContext) {
    actor!.authorize('grants.manage')
    const { version } = await request.validateUsing(versionValidator)
    await endGrant({ grantId: Number(params.id), version }, actor!)
    return response.redirect().withQs().back()
  }
}
