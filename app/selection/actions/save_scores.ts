import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, insertRow, updateVersioned, type Trx } from '#shared/database'
import { DomainError, ForbiddenError } from '#shared/errors'
import { parseScore } from '../domain/scores.js'
import { listProgress, ownScorer } from '../queries/rankings.js'
import { listById } from '../queries/posts.js'
import { roundById } from '../queries/rounds.js'
import { shareRoundOf } from './hold_round.js'

export interface ScoreInput {
  participantId: number
  kind: 'score' | 'unacceptable' | 'withdrawn'
  score: string
  reason: string
}

/**
 * Saves a scorer's own sheet, as far as it is filled in. Nobody scores the own person: who stands in
 * the list himself can only withdraw (回避). Unacceptable and withdrawal need a reason. After the last
 * day nothing is entered or changed, unless the head gives a later one with the reason.
 */
export async function saveScores(
  input: { listId: number; version: number; entries: ScoreInput[] },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await shareRoundOf(client, 'selection_lists', input.listId)
    const list = await listById(input.listId, client)
    const scorer = await ownScorer(list.id, actor.userId, client)
    if (!scorer) throw new ForbiddenError('selection.rank')
    const round = await roundById(list.roundId, client)
    if (round.state !== 'ranking') throw new DomainError('selection.errors.ranking_closed')
    if (clock.today() > round.rankingUntil) {
      throw new DomainError('selection.errors.ranking_over', { date: round.rankingUntil })
    }
    await updateVersioned(client, 'selection_scorers', scorer.id, input.version, {})
    const progress = (await listProgress(round, client)).find((one) => one.list.id === list.id)!
    const people = new Map(progress.people.map((person) => [person.id, person]))
    let saved = 0
    for (const entry of input.entries) {
      const person = people.get(entry.participantId)
      if (!person) throw new DomainError('selection.errors.not_in_list')
      if (entry.kind === 'score' && entry.score.trim() === '') continue
      await saveOne(client, scorer.id, person, entry, actor)
      saved += 1
    }
    await record(client, actor, {
      action: 'selection.ranking.saved',
      subjectType: 'selection_list',
      subjectId: list.id,
      changes: { people: saved },
    })
    return saved
  }, trx)
}

async function saveOne(
  trx: Trx,
  scorerId: number,
  person: { id: number; personId: number; name: string },
  entry: ScoreInput,
  actor: Actor
) {
  const field = `scores.p${person.id}`
  const refuse = (name: string): never => {
    const code = `selection.errors.${name}`
    const params = { name: person.name, value: entry.score }
    throw new DomainError(code, params, [{ field, code, params }])
  }
  if (actor.isSelf(person.personId) && entry.kind !== 'withdrawn') refuse('own_person')
  const scoreCenti = entry.kind === 'score' ? parseScore(entry.score) : null
  if (entry.kind === 'score' && scoreCenti === null) refuse('not_a_score')
  const reason = entry.reason.trim() || null
  if (entry.kind !== 'score' && reason === null) refuse('reason_needed')
  const values = { kind: entry.kind, score_centi: scoreCenti, reason }
  const key = { scorer_id: scorerId, participant_id: person.id }
  const before = await trx.from('selection_scores').where(key).first()
  if (!before) {
    await insertRow(trx, 'selection_scores', {
      ...key,
      ...values,
      version: 1,
      created_at: clock.now(),
    })
    return
  }
  await updateVersioned(trx, 'selection_scores', before.id, Number(before.version), values)
}
