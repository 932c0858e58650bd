import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  inTransaction,
  insertRow,
  isUniqueViolation,
  updateVersioned,
  type Trx,
} from '#shared/database'
import { DomainError, ForbiddenError, StaleError } from '#shared/errors'
import { Exact } from '#shared/formulas/formula'
import { WEIGHTED } from '../domain/codes.js'
import { cardById, type CardRow } from '../queries/cards.js'
import { cycleById } from '../queries/cycles.js'
import { schemesByIds } from '../queries/schemes.js'
import { cardsToScore, roleFor, scorersOf, scoringOfCard } from '../queries/scorings.js'
import { lockCycle } from './lock_cycle.js'

export interface ScoringInput {
  cardId: number
  /** Null: nothing was given before. */
  version: number | null
  /** Indicator id → what was typed; an empty text takes the score back. */
  scores: Record<string, string>
  comment?: string | null
}

const HIGHEST = Exact.from(200)

/** Keeps what a scorer typed for one person; the same person's other window is not overwritten. */
export async function saveScoring(input: ScoringInput, actor: Actor, trx?: Trx): Promise<number> {
  const { cycleId } = await cardById(input.cardId, trx)
  return inTransaction(async (client) => {
    await lockCycle(client, cycleId, ['scoring'])
    const card = await cardById(input.cardId, client)
    const role = await roleOf(client, card, actor)
    const scores = await readScores(client, card, input.scores)
    const known = await scoringOfCard(card.id, actor.userId!, client)
    const values = { scores: JSON.stringify(scores), comment: input.comment ?? null }
    if (known === null) {
      if (input.version !== null) throw new StaleError({ id: card.id })
      await insertScoring(client, { card, role, actor, values })
      return 1
    }
    if (known.version !== input.version) throw new StaleError({ id: card.id })
    await updateVersioned(client, 'scorings', known.id, known.version, {
      ...values,
      state: 'open',
    })
    return known.version + 1
  }, trx)
}

/** Hands in everything that a scorer has completed in a cycle; returns how many people. */
export async function submitScorings(cycleId: number, actor: Actor): Promise<number> {
  const mine = await cardsToScore(cycleId, actor)
  return inTransaction(async (client) => {
    await lockCycle(client, cycleId, ['scoring'])
    const cycle = await cycleById(cycleId, client)
    const ids = mine.flatMap(({ card }) => card.schemeId ?? [])
    const schemes = await schemesByIds([...new Set(ids)], cycle.period.from, client)
    let done = 0
    for (const { card } of mine) {
      const scoring = await scoringOfCard(card.id, actor.userId!, client)
      if (!scoring) continue
      const wanted = (schemes.get(card.schemeId!)?.items ?? []).filter(
        ({ source, kind }) => source === 'entered' && WEIGHTED.includes(kind)
      )
      if (!wanted.every(({ indicatorId }) => indicatorId in scoring.scores)) continue
      done++
      if (scoring.state === 'submitted') continue
      await updateVersioned(client, 'scorings', scoring.id, scoring.version, {
        state: 'submitted',
      })
    }
    if (done === 0) throw new DomainError('performance.errors.nothing_scored')
    await record(client, actor, {
      action: 'performance.scoring.submitted',
      subjectType: 'review_cycle',
      subjectId: cycleId,
      changes: { people: done },
    })
    return done
  })
}

async function roleOf(trx: Trx, card: CardRow, actor: Actor) {
  const { unitId, departmentId } = card
  const role = roleFor(await scorersOf(card.cycleId, trx), actor.userId, card)
  const allowed = actor.may('performance.score', { unitId, departmentId })
  if (!role || !allowed) throw new ForbiddenError('performance.score')
  if (actor.isSelf(card.personId)) throw new DomainError('performance.errors.own_card')
  if (card.outlook !== 'graded') throw new DomainError('performance.errors.not_graded')
  return role
}

async function readScores(trx: Trx, card: CardRow, typed: Record<string, string>) {
  const cycle = await cycleById(card.cycleId, trx)
  const scheme = card.schemeId
    ? (await schemesByIds([card.schemeId], cycle.period.from, trx)).get(card.schemeId)
    : null
  const entered = new Map(
    (scheme?.items ?? [])
      .filter(({ source }) => source === 'entered')
      .map((item) => [String(item.indicatorId), item])
  )
  const scores: Record<string, string> = {}
  for (const [id, text] of Object.entries(typed)) {
    const item = entered.get(id)
    if (!item) throw new DomainError('performance.errors.indicator_elsewhere')
    if (text.trim() === '') continue
    const value = Exact.parse(text)
    const lowest = item.kind === 'adjustment' ? HIGHEST.negated() : Exact.ZERO
    if (value === null || value.compare(lowest) < 0 || value.compare(HIGHEST) > 0) {
      throw new DomainError('performance.errors.not_a_value', {
        value: text,
        indicator: item.name,
        person: card.personName,
      })
    }
    scores[id] = value.toString()
  }
  return scores
}

async function insertScoring(
  trx: Trx,
  input: { card: CardRow; role: string; actor: Actor; values: object }
) {
  try {
    await insertRow(trx, 'scorings', {
      scorecard_id: input.card.id,
      user_id: input.actor.userId,
      role: input.role,
      ...input.values,
      state: 'open',
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new StaleError({ id: input.card.id })
    throw error
  }
}
