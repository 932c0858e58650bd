import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError, ForbiddenError, NotFoundError, refusing, type Refuse } from '#shared/errors'
import { moveState, type Transitions } from '#shared/transitions'
import { keepFile, type Upload } from '../files.js'
import type { ChoiceDraft } from '../domain/preferences.js'
import { participantById } from '../queries/participants.js'
import { roundTarget } from '../reach.js'
import { roundById } from '../queries/rounds.js'
import { activeActor } from '../queries/people_choices.js'
import { openPaper, sealPaper } from '../sealing.js'
import { shareRoundOfPaper } from './hold_round.js'
import { saveChoice, type Receipt } from './save_choice.js'

const refuse: Refuse = refusing('selection')

const MOVES: Transitions<'waiting' | 'confirmed' | 'discarded', 'confirm' | 'discard'> = {
  confirm: { from: ['waiting'], to: 'confirmed' },
  discard: { from: ['waiting'], to: 'discarded' },
}

/**
 * The first of two types a paper form, with its scan, and names the second, who may enter forms as
 * well; nobody else ever opens it. Returns its id.
 */
export async function enterPaper(
  input: { participantId: number; secondId: number; choice: ChoiceDraft; scan: Upload },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const second = await activeActor(input.secondId)
  return inTransaction(async (client) => {
    const person = await participantById(input.participantId, client)
    const round = await roundById(person.roundId, client)
    if (!['preferences', 'ranking'].includes(round.state)) {
      throw new DomainError('selection.errors.deadline_over', { date: round.preferencesUntil })
    }
    if (input.secondId === actor.userId) refuse('second_id', 'two_people')
    if (!second?.may('selection.enter', roundTarget(round))) refuse('second_id', 'second_unfit')
    const id = await insertRow(client, 'selection_papers', {
      participant_id: person.id,
      entry_sealed: sealPaper(round.id, input.choice),
      file_id: await keepFile(client, actor, input.scan, 'selection_paper', person.id),
      state: 'waiting',
      first_id: actor.userId,
      second_id: input.secondId,
      version: 1,
      created_at: clock.now(),
    })
    await client
      .from('files')
      .where({ subject_type: 'selection_paper', storage_key: input.scan.storageKey })
      .update({ subject_id: id })
    await write(client, actor, person.id, 'entered')
    return id
  }, trx)
}

/**
 * The second types the same form from the scan without seeing the first's entry; when both agree it
 * is saved for the person as his own would be. What differs is not told, only that it does.
 */
export async function confirmPaper(
  input: { paperId: number; version: number; choice: ChoiceDraft; receivedAt: string },
  actor: Actor,
  trx?: Trx
): Promise<Receipt> {
  return inTransaction(async (client) => {
    await shareRoundOfPaper(client, input.paperId)
    const row = await client.from('selection_papers').where('id', input.paperId).first()
    if (!row) throw new NotFoundError('paper form')
    if (Number(row.second_id) !== actor.userId) throw new ForbiddenError('selection.enter')
    const person = await participantById(Number(row.participant_id), client)
    const first = openPaper(person.roundId, row.entry_sealed)
    const same =
      first.acceptsPlacement === input.choice.acceptsPlacement &&
      first.posts.join() === input.choice.posts.join()
    if (!same) throw new DomainError('selection.errors.entries_differ')
    const at = { id: input.paperId, version: input.version }
    await moveState(client, 'selection_papers', at, MOVES, 'confirm')
    await write(client, actor, person.id, 'confirmed')
    const { choice, receivedAt } = input
    return saveChoice(
      { participantId: person.id, choice, source: 'paper', receivedAt },
      actor,
      client
    )
  }, trx)
}

/** Either of the two throws an entry away that was wrong. */
export async function discardPaper(
  input: { paperId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const row = await client.from('selection_papers').where('id', input.paperId).first()
    if (!row) throw new NotFoundError('paper form')
    if (![Number(row.first_id), Number(row.second_id)].includes(actor.userId ?? 0)) {
      throw new ForbiddenError('selection.enter')
    }
    const at = { id: input.paperId, version: input.version }
    await moveState(client, 'selection_papers', at, MOVES, 'discard')
    await write(client, actor, Number(row.participant_id), 'discarded')
  }, trx)
}

function write(trx: Trx, actor: Actor, participantId: number, done: string) {
  return record(trx, actor, {
    action: `selection.paper.${done}`,
    subjectType: 'selection_participant',
    subjectId: participantId,
  })
}
