import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Safe to run again: what is bound stays as it is. */
export default class GrantsBind extends BaseCommand {
  static commandName = 'grants:bind'
  static description = 'Bind grants that hang on no assignment to that of their holder'
  static options: CommandOptions = { startApp: true }

  async run() {
    const { bindGrants } = await import('#accounts/actions/bind_grants')
    const { Actor } = await import('#shared/actor')
    const { bound, left } = await bindGrants(Actor.system('grants:bind'))
    this.logger.success(`${bound} grants bound`)
    for (const { username, role } of left) this.logger.warning(`left unbound: ${username} ${role}`)
  }
}
