import { record, sensitive } from '#audit/actions/record'
import { addWorkdays } from '#calendar/domain/working_days'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { moveState, type Transitions } from '#shared/transitions'
import { takesObjections } from '../domain/rounds.js'
import { parseScore } from '../domain/scores.js'
import { objectionById } from '../queries/objections.js'
import { participantById } from '../queries/participants.js'
import { listsOfPerson, rankingsOf, type RankingRow } from '../queries/rankings.js'
import { roundById, type RoundRow } from '../queries/rounds.js'
import { keepFile, type Upload } from '../files.js'
import { holdRoundOf, shareRoundOf } from './hold_round.js'
import { publishChanges } from './publish.js'
import { runMatching } from './run_matching.js'

const refuse: Refuse = refusing('selection')

export type ObjectionState = 'filed' | 'accepted' | 'rejected' | 'withdrawn'

export const OBJECTION_MOVES: Transitions<ObjectionState, 'accept' | 'reject' | 'withdraw'> = {
  accept: { from: ['filed'], to: 'accepted' },
  reject: { from: ['filed'], to: 'rejected' },
  withdraw: { from: ['filed'], to: 'withdrawn' },
}

/** Files an objection (异议) with its evidence while the result is public; returns its id. */
export async function fileObjection(
  input: {
    participantId: number
    listId: number | null
    body: string
    evidence: Upload | null
  },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const calendar = await loadCalendar()
  return inTransaction(async (client) => {
    await shareRoundOf(client, 'selection_participants', input.participantId)
    const person = await participantById(input.participantId, client)
    const round = await roundById(person.roundId, client)
    if (!takesObjections(round, clock.today())) {
      throw new DomainError('selection.errors.no_publicity')
    }
    if (input.listId !== null) {
      const lists = await listsOfPerson(round, person.id, client)
      if (!lists.some(({ id }) => id === input.listId)) refuse('list_id', 'not_own_list')
    }
    const answerDue = addWorkdays(calendar, clock.today(), round.objectionDays)
    const id = await insertRow(client, 'selection_objections', {
      number: `new-${crypto.randomUUID()}`,
      round_id: round.id,
      participant_id: person.id,
      list_id: input.listId,
      body: input.body,
      state: 'filed',
      answer_due: answerDue,
      filed_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `YY${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    const fileId = input.evidence
      ? await keepFile(client, actor, input.evidence, 'selection_objection', id)
      : null
    await client.from('selection_objections').where('id', id).update({ number, file_id: fileId })
    await write(client, actor, id, 'filed', { number, answer_due: answerDue })
    return id
  }, trx)
}

export interface DecisionInput {
  objectionId: number
  version: number
  answer: string
  documentId: number | null
  grant?: ActiveGrant | null
}

/** Answers that nothing changes, with the reason. */
export async function rejectObjection(input: DecisionInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await holdRoundOf(client, 'selection_objections', input.objectionId)
    await decide(client, actor, input, 'reject', {})
    await write(client, actor, input.objectionId, 'rejected', { answer: input.answer }, input.grant)
  }, trx)
}

/**
 * Accepts an objection (异议成立): with a document the list's word on the person is put right, be it a
 * score, a refusal or none; the whole is solved again, and the changes are published for those whom
 * they concern. An objection to the procedure names the list that was wrong here, or none: then the
 * whole is solved again as it is. Returns the new matching's id.
 */
export async function acceptObjection(
  input: DecisionInput & { score: string; listId?: number | null },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const calendar = await loadCalendar()
  if (input.documentId === null) refuse('document_id', 'document_needed')
  return inTransaction(async (client) => {
    await holdRoundOf(client, 'selection_objections', input.objectionId)
    const objection = await objectionById(input.objectionId, client)
    const round = await roundById(objection.roundId, client)
    const listId = objection.listId ?? input.listId ?? null
    const after = correctedScore(listId, input.score)
    const before = await rankingOf(client, round, listId, objection.participantId)
    await decide(client, actor, input, 'accept', {
      list_id: listId,
      score_before: before?.scoreCenti ?? null,
      score_after: after,
    })
    if (listId !== null) await setRanking(client, listId, objection.participantId, before, after)
    const kind = { kind: 'objection' as const, causeId: objection.id }
    const matchingId = await runMatching(client, actor, round, kind)
    const changes = {
      list_id: [objection.listId, listId],
      answer: input.answer,
      ...(after !== null && { score: sensitive(after) }),
    }
    await write(client, actor, objection.id, 'accepted', changes, input.grant)
    await publishChanges(client, actor, round.id, calendar)
    return matchingId
  }, trx)
}

/** Null: no list was wrong. */
function correctedScore(listId: number | null, text: string): number | null {
  if (listId === null) {
    if (text.trim() !== '') refuse('list_id', 'list_needed')
    return null
  }
  return parseScore(text) ?? refuse('score', 'not_a_score', { name: '', value: text })
}

/** What the list says of the person; null when it says nothing of who chose one of its posts. */
async function rankingOf(trx: Trx, round: RoundRow, listId: number | null, participantId: number) {
  if (listId === null) return null
  const ranking = (await rankingsOf(round.id, trx)).find(
    (row) => row.listId === listId && row.participantId === participantId
  )
  const lists = await listsOfPerson(round, participantId, trx)
  if (!ranking && !lists.some(({ id }) => id === listId)) refuse('list_id', 'not_in_list')
  return ranking ?? null
}

async function setRanking(
  trx: Trx,
  listId: number,
  participantId: number,
  before: RankingRow | null,
  scoreCenti: number | null
) {
  const values = { score_centi: scoreCenti, reason: null, source: 'objection' }
  if (before) {
    await updateVersioned(trx, 'selection_rankings', before.id, before.version, values)
    return
  }
  await insertRow(trx, 'selection_rankings', {
    list_id: listId,
    participant_id: participantId,
    ...values,
    version: 1,
    created_at: clock.now(),
  })
}

/** Who objected takes it back. */
export async function withdrawObjection(
  input: { objectionId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const { objectionId: id, version } = input
    await moveState(client, 'selection_objections', { id, version }, OBJECTION_MOVES, 'withdraw')
    await write(client, actor, id, 'withdrawn', {})
  }, trx)
}

async function decide(
  trx: Trx,
  actor: Actor,
  input: DecisionInput,
  verb: 'accept' | 'reject',
  values: Record<string, unknown>
) {
  const objection = await objectionById(input.objectionId, trx)
  const round = await roundById(objection.roundId, trx)
  if (round.state !== 'publicity') throw new DomainError('selection.errors.no_publicity')
  if (objection.filedBy !== null && objection.filedBy === actor.userId) {
    throw new DomainError('selection.errors.same_person')
  }
  await moveState(
    trx,
    'selection_objections',
    { id: objection.id, version: input.version },
    OBJECTION_MOVES,
    verb,
    {
      answer: input.answer,
      document_id: input.documentId,
      decided_by: actor.userId,
      decided_at: clock.now(),
      ...values,
    }
  )
}

function write(
  trx: Trx,
  actor: Actor,
  id: number,
  done: string,
  changes: Record<string, unknown>,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `selection.objection.${done}`,
    subjectType: 'selection_objection',
    subjectId: id,
    changes,
    grant,
  })
}
