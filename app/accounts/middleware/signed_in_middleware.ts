import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Sends strangers to the sign-in page, and people with an initial password to change it first. */
export default class SignedInMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    if (!ctx.actor) {
      if (ctx.request.method() === 'GET') ctx.session.put('after_sign_in', ctx.request.url(true))
      return ctx.response.redirect().toRoute('accounts.session.create')
    }
    const own =
      ctx.route?.name?.startsWith('accounts.password') ||
      ctx.route?.name === 'accounts.session.destroy'
    if (ctx.mustChangePassword && !own) {
      return ctx.response.redirect().toRoute('accounts.password.edit')
    }
    return next()
  }
}
