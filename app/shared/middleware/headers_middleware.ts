import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Addresses stay within the house; what somebody saw signed in is not kept by browser or proxy. */
export default class HeadersMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    ctx.response.header('Referrer-Policy', 'same-origin')
    await next()
    const { response } = ctx
    if (ctx.actor && !response.headersSent && !response.getHeader('cache-control')) {
      response.header('Cache-Control', 'no-store')
    }
  }
}
