import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, ForbiddenError, StaleError } from '#shared/errors'
import { COMMENTED } from '../domain/codes.js'
import { COMMENT_STATES } from '../domain/cycle_states.js'
import { cardById } from '../queries/cards.js'
import { commentsOn, scoringOfCard } from '../queries/scorings.js'
import { lockCycle } from './lock_cycle.js'

/** The written comment (评语) of the manager on somebody who by the rules is not graded. */
export async function saveComment(
  input: { cardId: number; version: number | null; comment: string },
  actor: Actor,
  trx?: Trx
) {
  const { cycleId } = await cardById(input.cardId, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, COMMENT_STATES)
    const card = await cardById(input.cardId, client)
    if (actor.isSelf(card.personId)) throw new DomainError('performance.errors.own_card')
    if (!(await commentsOn(card, actor, client))) throw new ForbiddenError('performance.score')
    if (!COMMENTED.includes(card.outlook)) throw new DomainError('performance.errors.graded')
    const known = await scoringOfCard(card.id, actor.userId!, client)
    if ((known?.version ?? null) !== input.version) throw new StaleError({ id: card.id })
    const { comment } = input
    if (known) {
      await updateVersioned(client, 'scorings', known.id, known.version, { comment })
    } else {
      await insertRow(client, 'scorings', {
        scorecard_id: card.id,
        user_id: actor.userId,
        role: 'manager',
        scores: '{}',
        comment,
        state: 'submitted',
        version: 1,
        created_at: clock.now(),
      })
    }
    await record(client, actor, {
      action: 'performance.card.commented',
      subjectType: 'scorecard',
      subjectId: card.id,
      changes: { comment: known ? [known.comment, comment] : comment },
    })
  }, trx)
}
