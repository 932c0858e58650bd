import type { HttpContext } from '@adonisjs/core/http'
import { changePassword } from '../actions/change_password.js'
import { passwordPolicy } from '../policy.js'
import { passwordValidator } from '../validators/accounts.js'

export default class PasswordController {
  edit({ view, mustChangePassword }: HttpContext) {
    return view.render('pages/accounts/password', { policy: passwordPolicy(), mustChangePassword })
  }

  async update({ request, actor, session, response, i18n }: HttpContext) {
    const input = await request.validateUsing(passwordValidator)
    const epoch = await changePassword(
      {
        userId: actor!.userId!,
        address: request.ip(),
        current: input.current_password,
        next: input.password,
      },
      actor!
    )
    session.put('epoch', epoch)
    session.flash('success', i18n.t('accounts.password_changed'))
    return response.redirect('/')
  }
}
