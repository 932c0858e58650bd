import type { ApplicationService } from '@adonisjs/core/types'

/** Stops a production server that must not serve: no tables yet, or demo accounts without DEMO=true. */
export default class StartupChecksProvider {
  constructor(protected app: ApplicationService) {}

  async start() {
    if (!this.app.inProduction || this.app.getMode() !== 'run') return
    const { refuseToServe } = await import('#shared/operations/startup_checks')
    const { default: db } = await import('@adonisjs/lucid/services/db')
    try {
      await refuseToServe()
    } catch (error) {
      // Pooled connections would keep the process alive that has just refused to serve.
      await db.manager.closeAll()
      throw error
    }
  }
}
