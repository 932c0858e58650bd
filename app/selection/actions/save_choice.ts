import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { civilDate, clock } from '#shared/clock'
import { insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError, StaleError } from '#shared/errors'
import { eligiblePosts } from '../domain/instance.js'
import { choiceRefusal, type Choice, type ChoiceDraft } from '../domain/preferences.js'
import { participantById, type Participant } from '../queries/participants.js'
import { postsOf } from '../queries/posts.js'
import { roundById, type RoundRow } from '../queries/rounds.js'
import { receiptHash, sealChoice } from '../sealing.js'
import { shareRoundOf } from './hold_round.js'

export type ChoiceSource = 'self' | 'paper' | 'late'

export interface SaveInput {
  participantId: number
  choice: ChoiceDraft
  source: ChoiceSource
  /** Revision that the page showed; null: none was saved then. Left out: whatever is there. */
  revision?: number | null
  /** When the request reached the server: what it waited there is not the person's delay. */
  receivedAt: string
}

export interface Receipt {
  revision: number
  hash: string
  savedAt: string
}

/**
 * Saves a choice, sealed, and gives the receipt. Until the deadline it may be saved as often as
 * wanted; after it only with a permit. Nothing but the receipt's hash stands in the log.
 */
export async function saveChoice(input: SaveInput, actor: Actor, trx?: Trx): Promise<Receipt> {
  return inTransaction(async (client) => {
    // The phase cannot end while a save that saw it open is on its way.
    await shareRoundOf(client, 'selection_participants', input.participantId)
    const person = await participantById(input.participantId, client)
    const round = await roundById(person.roundId, client)
    const source = await sourceNow(client, round, person, input)
    const choice = await fitting(client, round, person, input.choice)
    const receipt = await keep(client, round, person, { ...input, choice, source })
    await record(client, actor, {
      action: `selection.choice.${source === 'self' ? 'saved' : `saved_${source}`}`,
      subjectType: 'selection_participant',
      subjectId: person.id,
      changes: { receipt: receipt.hash, revision: receipt.revision },
    })
    return receipt
  }, trx)
}

async function sourceNow(
  trx: Trx,
  round: RoundRow,
  person: Participant,
  input: SaveInput
): Promise<ChoiceSource> {
  const day = civilDate(input.receivedAt)
  if (round.state === 'preparation') {
    throw new DomainError('selection.errors.not_open_yet', { date: round.preferencesFrom })
  }
  if (round.state === 'preferences' && day <= round.preferencesUntil) return input.source
  const permit = { participant_id: person.id, state: 'approved' }
  const used = ['preferences', 'ranking'].includes(round.state)
    ? await trx
        .from('selection_permits')
        .where(permit)
        .update({ state: 'used', updated_at: clock.now() })
    : 0
  if (Number(used) === 1) return 'late'
  throw new DomainError('selection.errors.deadline_over', { date: round.preferencesUntil })
}

async function fitting(
  trx: Trx,
  round: RoundRow,
  person: Participant,
  choice: ChoiceDraft
): Promise<Choice> {
  const posts = eligiblePosts(await postsOf(round.id, trx), person.nature)
  const allowed = new Set(posts.map(({ code }) => code))
  const refusal = choiceRefusal(choice, allowed, round.maxPreferences)
  // The refusal names no post: what a person wanted to choose stands in no message.
  if (refusal) {
    const code = `selection.errors.choice_${refusal.code}`
    throw new DomainError(code, refusal.code === 'too_many' ? { most: refusal.most } : {})
  }
  return choice as Choice
}

async function keep(
  trx: Trx,
  round: RoundRow,
  person: Participant,
  input: SaveInput & { choice: Choice }
): Promise<Receipt> {
  const before = await trx
    .from('selection_preferences')
    .where('participant_id', person.id)
    .forUpdate()
    .first()
  const seen = input.revision
  if (seen !== undefined && (before ? Number(before.version) : null) !== seen) {
    throw new StaleError({ id: person.id })
  }
  const revision = before ? Number(before.version) + 1 : 1
  const { choice, columns } = sealChoice(round.id, input.choice)
  const values = { ...columns, source: input.source, version: revision }
  if (before) {
    const changed = await trx
      .from('selection_preferences')
      .where({ id: before.id, version: before.version })
      .update({ ...values, updated_at: clock.now() })
    if (Number(changed) !== 1) throw new StaleError({ id: person.id })
  } else {
    await insertRow(trx, 'selection_preferences', {
      participant_id: person.id,
      created_at: clock.now(),
      ...values,
    })
  }
  const savedAt = input.receivedAt
  const hash = receiptHash({
    round: round.number,
    pseudonym: person.pseudonym,
    revision,
    savedAt,
    choice,
  })
  await insertRow(trx, 'selection_receipts', {
    participant_id: person.id,
    revision,
    hash,
    source: input.source,
    saved_at: savedAt,
  })
  return { revision, hash, savedAt }
}
