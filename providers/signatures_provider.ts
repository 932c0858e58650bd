import type { ApplicationService } from '@adonisjs/core/types'

/** Signing with keys that are prepared once; what the framework signed before stays good. */
export default class SignaturesProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.resolving('encryption', async (manager) => {
      const { prepareSignatures } = await import('#shared/signatures')
      const { default: env } = await import('#start/env')
      prepareSignatures(manager.use(), [env.get('APP_KEY')])
    })
  }
}
