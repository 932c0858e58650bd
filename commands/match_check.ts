import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { Assignments, MatchingInstance } from '#selection/domain/matching/types'

/** Needs no database: whoever holds a published result can prove it, by code the solver never saw. */
export default class MatchCheck extends BaseCommand {
  static commandName = 'match:check'
  static description =
    'Check a result of a two-way selection in a JSON file: blocking pairs, violations'

  @args.string({ description: 'The JSON file', required: false })
  declare path?: string

  @flags.string({ description: 'The JSON file' })
  declare file?: string

  async run() {
    const { answerFile } = await import('#shared/solver_command')
    const { checkMatching } = await import('#selection/domain/matching/check')
    this.exitCode = await answerFile(
      this.path ?? this.file,
      ({ check, ...instance }: MatchingInstance & { check: Assignments }) =>
        checkMatching(instance, check)
    )
  }
}
