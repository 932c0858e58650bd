import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { PostNature } from '#organization/domain/codes'
import { idOrNull } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE } from '#shared/lists/keyset'

/** silent: had a place, and the time to answer went by. */
export type Answer = 'open' | 'signed' | 'declined' | 'silent'

export interface Participant {
  id: number
  roundId: number
  personId: number
  name: string
  identityMasked: string | null
  assignmentId: number
  unitId: number
  unitName: string
  departmentId: number | null
  departmentName: string | null
  nature: PostNature
  pseudonym: string
  answer: Answer
  answeredAt: string | null
  answerNote: string | null
  batchId: number | null
  batchNumber: string | null
  batchState: string | null
  /** Signed, and at work on the place: moved by the executed batch, or there already. */
  engaged: boolean
  /** Where the person works now; null: nowhere. */
  openAssignmentId: number | null
  openUnitId: number | null
  hiredOn: string | null
  workStartedOn: string | null
  /** Whether a choice is on record at all; what it is stays sealed. */
  saved: boolean
  version: number
}

export interface ParticipantFilters {
  roundId: number
  units?: 'all' | number[]
  text?: string | null
  nature?: string | null
  saved?: boolean | null
}

/** Everybody in the round, by name. */
export async function participantsOf(roundId: number, client: Client = db): Promise<Participant[]> {
  const rows = await matching({ roundId }, client).orderBy('p.name_pinyin').orderBy('t.id')
  return rows.map(participantOf)
}

export async function participantPage(filters: ParticipantFilters & { cursor: string | null }) {
  const page = await keysetPage<any>(matching(filters, db), {
    column: 'p.name_pinyin',
    idColumn: 't.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(participantOf) }
}

export async function participantById(id: number, client: Client = db): Promise<Participant> {
  const row = await participantsFrom(client).where('t.id', id).first()
  if (!row) throw new NotFoundError('participant')
  return participantOf(row)
}

/** The person's own place in a round, null when there is none. */
export async function ownPlace(
  roundId: number,
  personId: number | null,
  client: Client = db
): Promise<Participant | null> {
  if (personId === null) return null
  const row = await participantsFrom(client)
    .where({ 't.round_id': roundId, 't.person_id': personId })
    .first()
  return row ? participantOf(row) : null
}

/** Rounds that a person takes part in, newest first. */
export async function ownPlaces(personId: number | null): Promise<Participant[]> {
  if (personId === null) return []
  const rows = await participantsFrom(db).where('t.person_id', personId).orderBy('t.id', 'desc')
  return rows.map(participantOf)
}

function matching({ roundId, units, text, nature, saved }: ParticipantFilters, client: Client) {
  const query = participantsFrom(client).where('t.round_id', roundId)
  if (units && units !== 'all') query.whereIn('t.unit_id', units.length ? units : [-1])
  if (nature) query.where('t.nature', nature)
  if (saved === true) query.whereNotNull('c.id')
  if (saved === false) query.whereNull('c.id')
  if (text) query.where('p.name', 'like', `%${text.replace(/[\\%_]/g, '')}%`)
  return query
}

function participantsFrom(client: Client) {
  return client
    .from('selection_participants as t')
    .join('persons as p', 'p.id', 't.person_id')
    .join('units as u', 'u.id', 't.unit_id')
    .leftJoin('departments as d', 'd.id', 't.department_id')
    .leftJoin('selection_preferences as c', 'c.participant_id', 't.id')
    .leftJoin('transfer_batches as b', 'b.id', 't.batch_id')
    .leftJoin('contracts as k', (join) =>
      join.on('k.person_id', 't.person_id').andOnNull('k.batch_id')
    )
    .leftJoin('assignments as a', (join) =>
      join.on('a.person_id', 't.person_id').andOnVal('a.open_main', 1)
    )
    .join('selection_rounds as r', 'r.id', 't.round_id')
    .leftJoin('selection_results as e', (join) =>
      join.on('e.matching_id', 'r.matching_id').andOn('e.participant_id', 't.id')
    )
    .leftJoin('selection_posts as s', 's.id', 'e.post_id')
    .groupBy('t.id', 'p.id', 'u.id', 'd.id', 'c.id', 'b.id', 'a.id', 's.id')
    .select('t.*', 'p.name', 'p.name_pinyin', 'p.identity_masked', 'p.work_started_on')
    .select('u.name as unit_name', 'd.name as department_name', 'c.id as choice_id')
    .select('b.number as batch_number', 'b.state as batch_state', 's.post_id as won_post_id')
    .select('a.id as open_id', 'a.unit_id as open_unit_id', 'a.post_id as open_post_id')
    .min('k.hired_on as hired_on')
}

function isEngaged(row: any): boolean {
  if (row.answer !== 'signed') return false
  if (row.batch_state === 'executed') return true
  return row.won_post_id !== null && row.won_post_id === row.open_post_id
}

function participantOf(row: any): Participant {
  return {
    id: Number(row.id),
    roundId: Number(row.round_id),
    personId: Number(row.person_id),
    name: row.name,
    identityMasked: row.identity_masked,
    assignmentId: Number(row.assignment_id),
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    departmentId: idOrNull(row.department_id),
    departmentName: row.department_name,
    nature: row.nature,
    pseudonym: row.pseudonym,
    answer: row.answer,
    answeredAt: row.answered_at,
    answerNote: row.answer_note,
    batchId: idOrNull(row.batch_id),
    batchNumber: row.batch_number,
    batchState: row.batch_state,
    engaged: isEngaged(row),
    openAssignmentId: idOrNull(row.open_id),
    openUnitId: idOrNull(row.open_unit_id),
    hiredOn: row.hired_on,
    workStartedOn: row.work_started_on,
    saved: row.choice_id !== null,
    version: Number(row.version),
  }
}
