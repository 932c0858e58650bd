import type { HttpContext } from '@adonisjs/core/http'
import { readiness } from '#start/health'

/** For load balancers and monitoring: JSON, no session, nothing about people. */
export default class HealthController {
  /** The process answers. */
  live({ response }: HttpContext) {
    return this.send(response, 200, { status: 'alive' })
  }

  /** 200 `ready` or `degraded` (works, but somebody should look); 503 `unavailable`: send no requests. */
  async ready({ response }: HttpContext) {
    const report = await readiness.run()
    const checks = report.checks.map(({ name, status, message, meta }) => {
      return [name, { status, message, ...meta }]
    })
    const status = { ok: 'ready', warning: 'degraded', error: 'unavailable' }[report.status]
    return this.send(response, report.isHealthy ? 200 : 503, {
      status,
      checks: Object.fromEntries(checks),
    })
  }

  private send(response: HttpContext['response'], status: number, body: object) {
    response.header('Cache-Control', 'no-store')
    return response.status(status).json(body)
  }
}
