import { args, BaseCommand, flags } from '@adonisjs/core/ace'

/** Needs no database: whoever holds the weights can check what was shared out. */
export default class AllocateSolve extends BaseCommand {
  static commandName = 'allocate:solve'
  static description =
    'Share a total out by weights within limits, exact to the fen, from a JSON file'

  @args.string({ description: 'The JSON file', required: false })
  declare path?: string

  @flags.string({ description: 'The JSON file' })
  declare file?: string

  async run() {
    const { answerFile } = await import('#shared/solver_command')
    const { allocate } = await import('#pay/domain/allocation/allocate')
    this.exitCode = await answerFile(this.path ?? this.file, allocate)
  }
}
