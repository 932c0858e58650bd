import { args, BaseCommand, flags } from '@adonisjs/core/ace'

/** Needs no database: whoever holds a plan can compute it. */
export default class ScheduleSolve extends BaseCommand {
  static commandName = 'schedule:solve'
  static description = 'Compute dates, slack, critical chain and conflicts of a plan in a JSON file'

  @args.string({ description: 'The JSON file', required: false })
  declare path?: string

  @flags.string({ description: 'The JSON file' })
  declare file?: string

  async run() {
    const { answerFile } = await import('#shared/solver_command')
    const { solveSchedule } = await import('#programme/domain/schedule/solve')
    this.exitCode = await answerFile(this.path ?? this.file, solveSchedule)
  }
}
