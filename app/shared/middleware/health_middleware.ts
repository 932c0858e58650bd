import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { closeWhenDraining } from '#shared/middleware/drain_middleware'
import HealthController from '#shared/controllers/health_controller'

/**
 * Answers `/health/live` and `/health/ready` before the router: a route would begin a session and
 * write it to the database at every probe, and fail where the database is away.
 */
export default class HealthMiddleware {
  private controller = new HealthController()

  async handle(ctx: HttpContext, next: NextFn) {
    if (ctx.request.method() !== 'GET') return next()
    const path = ctx.request.url()
    if (path.startsWith('/health/')) closeWhenDraining(ctx)
    if (path === '/health/live') return this.controller.live(ctx)
    if (path === '/health/ready') return this.controller.ready(ctx)
    return next()
  }
}
