import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks } from '#shared/database'
import type { Actor } from '#shared/actor'
import type { ScorerRole } from '../domain/codes.js'
import { cardList, type CardRow } from './cards.js'

/** Somebody appointed to score: a department, a unit, or everybody of the cycle. */
export interface ScorerRow {
  id: number
  userId: number
  userName: string
  /** Who the scorer is among the staff: nobody scores the own card. */
  personId: number | null
  role: ScorerRole
  unitId: number | null
  unitName: string | null
  departmentId: number | null
  departmentName: string | null
}

export interface ScoringRow {
  id: number
  cardId: number
  userId: number
  role: ScorerRole
  scores: Record<string, string>
  comment: string | null
  state: 'open' | 'submitted'
  version: number
}

export async function scorersOf(cycleId: number, client: Client = db): Promise<ScorerRow[]> {
  const rows = await client
    .from('cycle_scorers')
    .join('users', 'users.id', 'cycle_scorers.user_id')
    .leftJoin('units', 'units.id', 'cycle_scorers.unit_id')
    .leftJoin('departments', 'departments.id', 'cycle_scorers.department_id')
    .where('cycle_id', cycleId)
    .orderBy('cycle_scorers.role')
    .orderBy('cycle_scorers.id')
    .select('cycle_scorers.*', 'users.name as user_name', 'users.person_id')
    .select('units.name as unit_name', 'departments.name as department_name')
  return rows.map((row) => ({
    id: Number(row.id),
    userId: Number(row.user_id),
    userName: row.user_name,
    personId: row.person_id === null ? null : Number(row.person_id),
    role: row.role,
    unitId: row.unit_id === null ? null : Number(row.unit_id),
    unitName: row.unit_name,
    departmentId: row.department_id === null ? null : Number(row.department_id),
    departmentName: row.department_name,
  }))
}

/** What scorers gave these cards. */
export async function scoringsOf(
  cardIds: number[],
  filter: { userId?: number; submitted?: boolean } = {},
  client: Client = db
): Promise<ScoringRow[]> {
  const rows = await inChunks(cardIds, 400, (piece) => {
    const query = client.from('scorings').whereIn('scorecard_id', piece).orderBy('id')
    if (filter.userId) query.where('user_id', filter.userId)
    if (filter.submitted) query.where('state', 'submitted')
    return query
  })
  return rows.map(scoringOf)
}

export async function scoringOfCard(
  cardId: number,
  userId: number,
  client: Client = db
): Promise<ScoringRow | null> {
  const row = await client.from('scorings').where({ scorecard_id: cardId, user_id: userId }).first()
  return row ? scoringOf(row) : null
}

/** True when the appointment reaches the card. */
export function reaches(
  scorer: Pick<ScorerRow, 'unitId' | 'departmentId'>,
  card: Pick<CardRow, 'unitId' | 'departmentId'>
): boolean {
  if (scorer.departmentId !== null) return scorer.departmentId === card.departmentId
  return scorer.unitId === null || scorer.unitId === card.unitId
}

/** The role in which somebody scores a card; null when not appointed for it. */
export function roleFor(
  scorers: readonly ScorerRow[],
  userId: number | null,
  card: Pick<CardRow, 'unitId' | 'departmentId'>
): ScorerRole | null {
  return scorers.find((one) => one.userId === userId && reaches(one, card))?.role ?? null
}

/** Who reviews the person as the manager, in reach of the grant. */
export async function commentsOn(card: CardRow, actor: Actor, client: Client = db) {
  const { unitId, departmentId } = card
  const role = roleFor(await scorersOf(card.cycleId, client), actor.userId, card)
  return role === 'manager' && actor.may('performance.score', { unitId, departmentId })
}

/** Cards that the actor scores: appointed, allowed, graded, never the own one. */
export async function cardsToScore(
  cycleId: number,
  actor: Actor
): Promise<Array<{ card: CardRow; role: ScorerRole }>> {
  const scorers = await scorersOf(cycleId)
  if (!scorers.some(({ userId }) => userId === actor.userId)) return []
  const cards = await cardList({ cycleId, outlook: 'graded', units: 'all' })
  return cards.flatMap((card) => {
    const role = roleFor(scorers, actor.userId, card)
    const { unitId, departmentId } = card
    const allowed = role !== null && !actor.isSelf(card.personId)
    return allowed && actor.may('performance.score', { unitId, departmentId })
      ? [{ card, role }]
      : []
  })
}

function scoringOf(row: any): ScoringRow {
  return {
    id: Number(row.id),
    cardId: Number(row.scorecard_id),
    userId: Number(row.user_id),
    role: row.role,
    scores: JSON.parse(row.scores),
    comment: row.comment,
    state: row.state,
    version: Number(row.version),
  }
}
