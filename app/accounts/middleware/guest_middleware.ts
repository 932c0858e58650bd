import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Who is signed in has nothing to do on the sign-in page. */
export default class GuestMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    if (ctx.actor) return ctx.response.redirect('/')
    return next()
  }
}
