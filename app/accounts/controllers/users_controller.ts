import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { listUnits } from '../queries/units_for_choice.js'
import { issueAccounts, type IssuedAccount } from '../actions/issue_accounts.js'
import { resetPassword, setUserState } from '../actions/manage_user.js'
import { passwordSlips } from '../documents/password_slips.js'
import { grantsOfUser } from '../queries/grants.js'
import { listWithoutAccount, SHOWN } from '../queries/people_without_account.js'
import { listUsers, userById } from '../queries/users.js'
import { issueValidator, userStateValidator, versionValidator } from '../validators/accounts.js'

export default class UsersController {
  async index({ actor, request, view }: HttpContext) {
    if (!actor!.may('accounts.view')) actor!.authorize('accounts.manage')
    const { q, state, cursor = null } = request.qs()
    const page = await listUsers({ text: q, state, cursor })
    return view.render('pages/accounts/users/index', { page, q, state })
  }

  async show({ actor, params, view }: HttpContext) {
    if (!actor!.may('accounts.view')) actor!.authorize('accounts.manage')
    const user = await userById(params.id)
    return view.render('pages/accounts/users/show', {
      user,
      grants: await grantsOfUser(user.id),
      history: await historyOf('user', user.id),
    })
  }

  /** Choose the people who get an account. */
  async create({ actor, request, view }: HttpContext) {
    actor!.authorize('accounts.issue')
    const { unit, q } = request.qs()
    const units = actor!.unitsFor('accounts.issue')
    const people = await listWithoutAccount({
      units,
      unit: unit === 'none' ? 'none' : Number(unit) || undefined,
      text: q,
    })
    return view.render('pages/accounts/users/create', {
      people,
      unit,
      q,
      everywhere: units === 'all',
      shown: SHOWN,
      units: await listUnits(units),
    })
  }

  async store({ actor, request, response }: HttpContext) {
    actor!.authorize('accounts.issue')
    const input = await request.validateUsing(issueValidator)
    const issued = await issueAccounts(input.person_ids, actor!)
    return this.slips(issued, { response, actor } as HttpContext)
  }

  async reset({ actor, params, request, response }: HttpContext) {
    actor!.authorize('accounts.manage')
    const { version } = await request.validateUsing(versionValidator)
    const issued = await resetPassword(params.id, version, actor!)
    return this.slips([issued], { response, actor } as HttpContext)
  }

  async state({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('accounts.manage')
    const input = await request.validateUsing(userStateValidator)
    await setUserState({ userId: Number(params.id), ...input }, actor!)
    session.flash('success', i18n.t(`accounts.user_${input.state}`))
    return response.redirect().toRoute('accounts.users.show', { id: params.id })
  }

  /** The passwords leave the house on this paper alone; who loses it gets a reset. */
  private async slips(issued: IssuedAccount[], { response, actor }: HttpContext) {
    const pdf = await passwordSlips(issued, clock.today())
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'accounts.slips.printed',
        subjectType: 'user',
        subjectId: actor!.userId,
        changes: { count: issued.length },
      })
    )
    response.header('Content-Type', 'application/pdf')
    response.header('Cache-Control', 'no-store')
    response.header('Content-Disposition', 'attachment; filename="account-slips.pdf"')
    return response.send(pdf)
  }
}
