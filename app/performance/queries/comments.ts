import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { COMMENTED } from '../domain/codes.js'
import { COMMENT_STATES } from '../domain/cycle_states.js'
import { cardList, type CardRow } from './cards.js'
import { cycleById, type CycleRow } from './cycles.js'
import { roleFor, scorersOf, scoringsOf, type ScoringRow } from './scorings.js'

/** Somebody whom the rules give no grade and the actor a word (评语). */
export interface CommentRow {
  card: CardRow
  /** What the actor wrote. */
  own: ScoringRow | null
  /** True as soon as one manager wrote something. */
  written: boolean
}

/** Whom the actor comments on as the manager in a cycle, never the own card; by kind and name. */
export async function cardsToComment(cycle: CycleRow, actor: Actor): Promise<CommentRow[]> {
  if (!COMMENT_STATES.includes(cycle.state)) return []
  const scorers = await scorersOf(cycle.id)
  if (!scorers.some(({ userId }) => userId === actor.userId)) return []
  const lists = await Promise.all(
    COMMENTED.map((outlook) => cardList({ cycleId: cycle.id, outlook, units: 'all' }))
  )
  const cards = lists
    .flat()
    .filter(
      (card) =>
        !actor.isSelf(card.personId) &&
        roleFor(scorers, actor.userId, card) === 'manager' &&
        actor.may('performance.score', { unitId: card.unitId, departmentId: card.departmentId })
    )
  const written = (await scoringsOf(cards.map(({ id }) => id))).filter(
    ({ comment }) => comment !== null
  )
  return cards.map((card) => {
    const rows = written.filter(({ cardId }) => cardId === card.id)
    const own = rows.find(({ userId }) => userId === actor.userId) ?? null
    return { card, own, written: rows.length > 0 }
  })
}

/** The cycles in which a word of the actor is missing, with for how many people. */
export async function missingComments(actor: Actor) {
  if (!actor.may('performance.score') || actor.userId === null) return []
  const rows = await db
    .from('cycle_scorers')
    .join('review_cycles', 'review_cycles.id', 'cycle_scorers.cycle_id')
    .where({ 'cycle_scorers.user_id': actor.userId, 'cycle_scorers.role': 'manager' })
    .whereIn('review_cycles.state', [...COMMENT_STATES])
    .distinct('review_cycles.id')
  const found = []
  for (const { id } of rows) {
    const cycle = await cycleById(Number(id))
    const cards = await cardsToComment(cycle, actor)
    const missing = cards.filter(({ written }) => !written).length
    if (missing > 0) found.push({ cycle, missing })
  }
  return found
}
