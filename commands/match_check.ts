import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { Assignments } from '#selection/domain/matching/types'

/**
 * Needs no database: whoever holds a published result can prove it. The checker has the reading of
 * the file in common with the solver and nothing else.
 */
export default class MatchCheck extends BaseCommand {
  static commandName = 'match:check'
  static description =
    'Check a result of a two-way selection in a JSON file: blocking pairs, violations'

  @args.string({ description: 'The JSON file', required: false })
  declare path?: string

  @flags.string({ description: 'The JSON file' })
  declare file?: string

  async run() {
    const { answerText } = await import('#shared/solver_command')
    const { readMarket } = await import('#selection/domain/matching/read_market')
    const { checkMatching } = await import('#selection/domain/matching/check')
    this.exitCode = await answerText(this.path ?? this.file, (json) => {
      const market = readMarket(json)
      return checkMatching(market, market.check as Assignments)
    })
  }
}
