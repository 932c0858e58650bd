import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { clock } from '#shared/clock'

/** When the request came in, before anything that may have to wait: deadlines go by it. */
export default class ArrivalMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    ctx.receivedAt = clock.now()
    return next()
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    /** A moment, as of `clock.now()`. */
    receivedAt: string
  }
}
