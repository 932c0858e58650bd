import type { ApplicationService } from '@adonisjs/core/types'

const DAY = 86_400

/** Registers what `shared` itself runs: `/health/*` before every other middleware, the daily clearing. */
export default class OperationsProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const { readDirectly } = await import('#shared/operations/direct_reads')
    const emitter = await this.app.container.make('emitter')
    emitter.on('db:connection:connect', ({ clientName, client }) => {
      if (clientName === 'better-sqlite3') readDirectly(client!.client)
    })

    const { registerJob, scheduleJob } = await import('#shared/jobs/registry')
    const { prune } = await import('#shared/operations/prune')
    registerJob('operations.prune', () => prune())
    scheduleJob('operations.prune', DAY)

    if (this.app.getEnvironment() === 'console') return
    const server = await this.app.container.make('server')
    server.use([() => import('#shared/middleware/health_middleware')])
  }
}
