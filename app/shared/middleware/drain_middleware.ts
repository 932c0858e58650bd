import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

let draining = false

/** After SIGTERM: the load balancer is told by /health/ready, kept-alive connections by this header. */
export function startDraining() {
  draining = true
}

export function isDraining(): boolean {
  return draining
}

/** Without it kept-alive connections hold the process for as long as clients like. */
export default class DrainMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    if (draining) ctx.response.header('Connection', 'close')
    return next()
  }
}
