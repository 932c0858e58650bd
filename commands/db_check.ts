import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Reads only; ends with 1 when anything does not add up. */
export default class DbCheck extends BaseCommand {
  static commandName = 'db:check'
  static description =
    'Check references, stored files, balances against their entries, and the audit chain'
  static options: CommandOptions = { startApp: true }

  async run() {
    const { operatorMessage } = await import('#shared/operations/operation_error')
    const { runChecks } = await import('#shared/operations/run_checks')
    try {
      for (const { name, findings } of await runChecks()) {
        if (findings.length === 0) this.logger.success(name)
        else this.logger.error(`${name}: ${findings.length} findings`)
        for (const { check, detail } of findings) this.logger.error(`  ${check}: ${detail}`)
        if (findings.length > 0) this.exitCode = 1
      }
    } catch (error) {
      this.logger.error(operatorMessage(error))
      this.exitCode = 1
    }
  }
}
