import type { ApplicationService } from '@adonisjs/core/types'

/** Puts `/health/*` before every other middleware of the server. */
export default class HealthProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const server = await this.app.container.make('server')
    server.use([() => import('#shared/middleware/health_middleware')])
  }
}
