import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** The job queue in a process of its own (WORKER=off in the web processes); any number of them on MySQL. */
export default class JobsWork extends BaseCommand {
  static commandName = 'jobs:work'
  static description = 'Work the job queue until SIGTERM; the running job is finished first'
  static options: CommandOptions = { startApp: true, staysAlive: true }

  @flags.boolean({ description: 'On SQLite: no other process writes to the file now' })
  declare alone: boolean

  private stop: (() => Promise<void>) | null = null

  prepare() {
    this.app.terminating(() => this.stop?.())
  }

  async run() {
    const { operatorMessage } = await import('#shared/operations/operation_error')
    const { isSqlite } = await import('#shared/database')
    const { releaseLostJobs, startWorker } = await import('#shared/jobs/queue')
    try {
      if (isSqlite() && !this.alone) return this.refuse()
      const { default: db } = await import('@adonisjs/lucid/services/db')
      await db.from('jobs').count('* as total')
      if (isSqlite()) await releaseLostJobs()
      this.stop = startWorker()
      this.logger.info(`working the job queue (process ${process.pid}); SIGTERM ends it`)
      // The worker's timers do not hold the process; this one does, until SIGTERM.
      const alive = setInterval(() => {}, 60_000)
      this.app.terminating(() => clearInterval(alive))
    } catch (error) {
      this.logger.error(operatorMessage(error))
      this.exitCode = 1
      await this.terminate()
    }
  }

  private async refuse() {
    this.logger.error(
      'SQLite takes one process: let the web process work the queue (WORKER=inline), or stop it and use --alone. Several processes need MySQL.'
    )
    this.exitCode = 1
    await this.terminate()
  }
}
