import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Reads only; ends with 1 when a line does not come out as it is stored. */
export default class PayVerify extends BaseCommand {
  static commandName = 'pay:verify'
  static description =
    'Compute every line of a pay run again from what is stored and compare to the fen'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'Number or id of the run' })
  declare number: string

  async run() {
    const { findRun, verifyRun } = await import('#pay/queries/verify_run')
    const id = await findRun(this.number)
    if (id === null) {
      this.logger.error(`no pay run ${this.number}`)
      this.exitCode = 1
      return
    }
    const { run, slips, lines, differences } = await verifyRun(id)
    for (const { slipId, where, stored, computed } of differences) {
      this.logger.error(`slip ${slipId ?? '—'} ${where}: stored ${stored}, computed ${computed}`)
    }
    if (differences.length > 0) this.exitCode = 1
    else this.logger.success(`${run.number}: ${slips} slips, ${lines} lines, no difference`)
  }
}
