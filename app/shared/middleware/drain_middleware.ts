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

/** Kept-alive connections would hold the process for as long as clients like. */
export function closeWhenDraining({ response }: HttpContext) {
  if (draining && !response.headersSent) response.header('Connection', 'close')
}

/** Asked again after the request: a slow one may have begun before SIGTERM. */
export default class DrainMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    closeWhenDraining(ctx)
    await next()
    closeWhenDraining(ctx)
  }
}
