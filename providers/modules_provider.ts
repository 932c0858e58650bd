import type { ApplicationService } from '@adonisjs/core/types'

/**
 * Boots the modules in the order of the house: each registers at the ports of `shared` what others
 * may ask of it (inbox, search, jobs, import definitions, checks of the database).
 */
export default class ModulesProvider {
  constructor(protected app: ApplicationService) {}

  async boot() {
    const modules = await import('#start/modules')
    modules.registerModules()
  }
}
