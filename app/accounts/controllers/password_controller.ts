import type { HttpContext } from '@adonisjs/core/http'

export default class PasswordController {
  edit({ view }: HttpContext) {
    return view.render('pages/accounts/password')
  }

  async update({ response }: HttpContext) {
    return response.redirect('/')
  }
}
