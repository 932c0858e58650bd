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
    const { findingLines, runChecks } = await import('#shared/operations/run_checks')
    try {
      for (const result of await runChecks()) {
        const found = result.findings.length
        if (found === 0) {
          this.logger.success(result.name)
          continue
        }
        this.logger.error(`${result.name}: ${found} ${found === 1 ? 'finding' : 'findings'}`)
        for (const line of findingLines(result)) this.logger.error(`  ${line}`)
        this.exitCode = 1
      }
    } catch (error) {
      this.logger.error(operatorMessage(error))
      this.exitCode = 1
    }
  }
}
