import { args, BaseCommand, flags } from '@adonisjs/core/ace'

/** Needs no database: whoever holds the instance of a round can compute its result. */
export default class MatchSolve extends BaseCommand {
  static commandName = 'match:solve'
  static description = 'Compute the best stable result of a two-way selection in a JSON file'

  @args.string({ description: 'The JSON file', required: false })
  declare path?: string

  @flags.string({ description: 'The JSON file' })
  declare file?: string

  async run() {
    const { answerText } = await import('#shared/solver_command')
    const { readMarket } = await import('#selection/domain/matching/read_market')
    const { solveMatching } = await import('#selection/domain/matching/solve')
    this.exitCode = await answerText(this.path ?? this.file, (json) =>
      solveMatching(readMarket(json))
    )
  }
}
