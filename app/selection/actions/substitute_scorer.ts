import type { ActiveGrant, Actor } from '#shared/actor'
import { record } from '#audit/actions/record'
import { clock } from '#shared/clock'
import { affected, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, NotFoundError, StaleError, refusing, type Refuse } from '#shared/errors'
import { mayScore } from '../queries/people_choices.js'
import { listById } from '../queries/posts.js'
import { roundById } from '../queries/rounds.js'
import { shareRoundOf } from './hold_round.js'

const refuse: Refuse = refusing('selection')

export interface SubstituteInput {
  listId: number
  scorerId: number
  userId: number
  reason: string
  grant?: ActiveGrant | null
}

/**
 * While ranking is open another takes over the sheet of a scorer who has left, or who has withdrawn
 * for somebody (回避): with the same weight, and what was scored stands. For whom the scorer withdrew,
 * the substitute speaks. Nobody names himself: the names of those who chose the post are open now.
 */
export async function substituteScorer(input: SubstituteInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await shareRoundOf(client, 'selection_lists', input.listId)
    const list = await listById(input.listId, client)
    const round = await roundById(list.roundId, client)
    if (round.state !== 'ranking') throw new DomainError('selection.errors.no_substitute_now')
    const at = { id: input.scorerId, list_id: list.id }
    const scorer = await client.from('selection_scorers').where(at).first()
    if (!scorer) throw new NotFoundError('scorer')
    if (input.userId === actor.userId) refuse('user_id', 'named_himself')
    if (!(await mayScore(input.userId, client))) refuse('user_id', 'scorer_unfit')
    await hand(client, scorer, input.userId)
    const reopened = await client
      .from('selection_scores')
      .where({ scorer_id: scorer.id, kind: 'withdrawn' })
      .delete()
    await record(client, actor, {
      action: 'selection.people.scorer_substituted',
      subjectType: 'selection_round',
      subjectId: round.id,
      changes: {
        list: list.name,
        user: [Number(scorer.user_id), input.userId],
        people: Number(reopened),
        reason: input.reason,
      },
      grant: input.grant,
    })
  }, trx)
}

async function hand(
  trx: Trx,
  scorer: { id: number; user_id: number; version: number },
  to: number
) {
  try {
    const changed = await trx
      .from('selection_scorers')
      .where({ id: scorer.id, user_id: scorer.user_id, version: scorer.version })
      .update({ user_id: to, version: Number(scorer.version) + 1, updated_at: clock.now() })
    if (!affected(changed)) throw new StaleError({ id: scorer.id })
  } catch (error) {
    if (isUniqueViolation(error)) refuse('user_id', 'scorer_known')
    throw error
  }
}
