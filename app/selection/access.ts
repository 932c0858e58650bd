import type { Actor } from '#shared/actor'
import { ForbiddenError } from '#shared/errors'
import { roundTarget } from './reach.js'
import { listById } from './queries/posts.js'
import { ownPlace, participantById } from './queries/participants.js'
import { roundById, type RoundRow } from './queries/rounds.js'
import type { MatchingRow } from './queries/results.js'

export type SelectionAct =
  | 'selection.view'
  | 'selection.prepare'
  | 'selection.approve'
  | 'selection.people'
  | 'selection.enter'
  | 'selection.arrange'
  | 'selection.inspect'

/** A round for somebody whose grant reaches its unit or is for it, with that grant. */
export async function openRound(actor: Actor, id: number, act: SelectionAct = 'selection.view') {
  const round = await roundById(id)
  const grant = actor.authorize(act, roundTarget(round))
  return { round, grant }
}

/** Somebody in a round, the same way. */
export async function openPerson(actor: Actor, id: number, act: SelectionAct = 'selection.people') {
  const person = await participantById(id)
  return { person, ...(await openRound(actor, person.roundId, act)) }
}

export async function openList(actor: Actor, id: number, act: SelectionAct) {
  const list = await listById(id)
  return { list, ...(await openRound(actor, list.roundId, act)) }
}

/** The actor's own place in a round; nobody else's page opens here. */
export async function openOwnPlace(actor: Actor, roundId: number) {
  const round = await roundById(roundId)
  const place = await ownPlace(round.id, actor.personId)
  if (!place) throw new ForbiddenError('selection.take_part')
  return { round, place }
}

/** Before it is published a result is for those who work on it. */
export async function maySeeResult(actor: Actor, round: RoundRow, row: MatchingRow) {
  const target = roundTarget(round)
  if (actor.may('selection.people', target)) return true
  return row.publishedAt !== null && actor.may('selection.view', target)
}

/** That a contract is to end, or has ended: for the owner of the case and who approves it alone. */
export function maySeeEnding(
  actor: Actor,
  row: { ownerId: number | null; roundId: number; unitId: number }
) {
  if (row.ownerId !== null && row.ownerId === actor.userId) return true
  return actor.may('selection.approve', roundTarget({ id: row.roundId, unitId: row.unitId }))
}
