import type { HttpContext } from '@adonisjs/core/http'
import { toString as qrSvg } from 'qrcode'
import { clock } from '#shared/clock'
import { delegate, endDelegation } from '../actions/delegations.js'
import { disableTotp, enableTotp, newTotpSecret, totpAddress } from '../actions/totp.js'
import { ADMIN_ROLES } from '../domain/capabilities.js'
import { delegationsOf, grantsOfUser } from '../queries/grants.js'
import { userById } from '../queries/users.js'
import { usersForChoice } from '../queries/users_for_choice.js'
import { setEmail } from '../actions/set_email.js'
import { codeValidator, delegationValidator, emailValidator } from '../validators/accounts.js'

/** The page of one's own account: sessions, second step, absence. */
export default class SecurityController {
  async show({ actor, session, view }: HttpContext) {
    const user = await userById(actor!.userId!)
    const grants = await grantsOfUser(user.id)
    const held = grants.filter(({ counts }) => counts).map(({ role }) => role)
    const secret = user.twoStep ? null : session.get('totp_secret', newTotpSecret())
    if (secret) session.put('totp_secret', secret)
    return view.render('pages/accounts/security', {
      user,
      secret,
      qr: secret ? await qrSvg(totpAddress(secret, user.username), { type: 'svg' }) : null,
      grants,
      mayDelegate: [...new Set(held)].filter((role) => !ADMIN_ROLES.includes(role)),
      delegations: await delegationsOf(user.id),
      from: clock.today(),
    })
  }

  async enable({ actor, request, session, response, i18n }: HttpContext) {
    const { code } = await request.validateUsing(codeValidator)
    await enableTotp(session.get('totp_secret', ''), code, actor!)
    session.forget('totp_secret')
    session.flash('success', i18n.t('accounts.totp_enabled'))
    return response.redirect().toRoute('accounts.security.show')
  }

  async disable({ actor, request, session, response, i18n }: HttpContext) {
    const { code } = await request.validateUsing(codeValidator)
    await disableTotp(code, actor!, request.ip())
    session.flash('success', i18n.t('accounts.totp_disabled'))
    return response.redirect().toRoute('accounts.security.show')
  }

  async delegate({ actor, request, session, response, i18n }: HttpContext) {
    const input = await request.validateUsing(delegationValidator)
    await delegate({ ...input, toUserId: input.to_user_id }, actor!)
    session.flash('success', i18n.t('accounts.delegated'))
    return response.redirect().toRoute('accounts.security.show')
  }

  async endDelegation({ actor, params, response }: HttpContext) {
    await endDelegation(Number(params.id), actor!)
    return response.redirect().toRoute('accounts.security.show')
  }

  async email({ actor, request, session, response, i18n }: HttpContext) {
    const { email } = await request.validateUsing(emailValidator)
    await setEmail(email ?? null, actor!)
    session.flash('success', i18n.t('accounts.email_saved'))
    return response.redirect().toRoute('accounts.security.show')
  }

  /** Colleagues for the picker of a delegation or a grant: name and unit, nothing else. */
  async colleagues({ request }: HttpContext) {
    return usersForChoice(String(request.qs().q ?? ''))
  }
}
