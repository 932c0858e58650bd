import type { ApplicationService } from '@adonisjs/core/types'

/**
 * What costs little by itself and stands in every request: signing with keys that are prepared once
 * (what the framework signed before stays good), and random text out of a store.
 */
export default class SignaturesProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.resolving('encryption', async (manager) => {
      const { prepareSignatures } = await import('#shared/signatures')
      const { default: env } = await import('#start/env')
      prepareSignatures(manager.use(), [env.get('APP_KEY')])
    })
  }

  async boot() {
    const { default: string } = await import('@adonisjs/core/helpers/string')
    const { randomText } = await import('#shared/random_text')
    string.random.use(randomText)
  }
}
