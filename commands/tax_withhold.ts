import { args, BaseCommand, flags } from '@adonisjs/core/ace'

/** Needs no database: anyone can check the tax that was withheld. */
export default class TaxWithhold extends BaseCommand {
  static commandName = 'tax:withhold'
  static description = 'Compute the wage tax to withhold month by month from a JSON file'

  @args.string({ description: 'The JSON file', required: false })
  declare path?: string

  @flags.string({ description: 'The JSON file' })
  declare file?: string

  async run() {
    const { answerFile } = await import('#shared/solver_command')
    const { withhold } = await import('#pay/domain/tax')
    this.exitCode = await answerFile(this.path ?? this.file, withhold)
  }
}
