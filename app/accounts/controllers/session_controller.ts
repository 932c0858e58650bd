import type { HttpContext } from '@adonisjs/core/http'

export default class SessionController {
  create({ view }: HttpContext) {
    return view.render('pages/accounts/sign_in')
  }

  async store({ response }: HttpContext) {
    return response.redirect('/')
  }

  async destroy({ auth, response }: HttpContext) {
    await auth.use('web').logout()
    return response.redirect().toRoute('accounts.session.create')
  }
}
