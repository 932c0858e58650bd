import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'

/** Works the job queue inside the web process (WORKER=inline), and drains on SIGTERM. */
export default class WorkerProvider {
  private stop: (() => Promise<void>) | null = null

  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getMode?.() === 'warmup' || env.get('WORKER', 'inline') !== 'inline') return
    const { startWorker, releaseLostJobs } = await import('#shared/jobs/queue')
    const { isSqlite } = await import('#shared/database')
    if (isSqlite()) await releaseLostJobs()
    this.stop = startWorker()
  }

  async shutdown() {
    const { startDraining } = await import('#shared/middleware/drain_middleware')
    startDraining()
    await this.stop?.()
  }
}
