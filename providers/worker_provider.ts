import env from '#start/env'
import type { ApplicationService } from '@adonisjs/core/types'

/** Works the job queue inside the web process (WORKER=inline) and ends it in good order. */
export default class WorkerProvider {
  private stopped: Promise<void> | null = null

  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getMode?.() === 'warmup') return
    const stop = env.get('WORKER', 'inline') === 'inline' ? await this.work() : null
    // These hooks run last registered first, so this one comes before the server is closed.
    this.app.terminating(async () => {
      this.stopped = stop?.() ?? null
      await pause(Number(process.env.DRAIN_SECONDS ?? 0))
    })
  }

  /** The running job ends before the database is closed; others are left to the next process. */
  async shutdown() {
    await this.stopped
  }

  private async work() {
    const { startWorker, releaseLostJobs } = await import('#shared/jobs/queue')
    const { isSqlite } = await import('#shared/database')
    if (isSqlite()) await releaseLostJobs()
    return startWorker()
  }
}

/** Time for a load balancer to see /health/ready fail before connections are refused. */
function pause(seconds: number) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000))
}
