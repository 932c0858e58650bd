import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import type { ObjectionState } from '../actions/objections.js'
import { withinReach, type RoundReach } from '../reach.js'

export interface ObjectionRow {
  id: number
  number: string
  roundId: number
  roundName: string
  unitId: number
  participantId: number
  personId: number
  name: string
  listId: number | null
  listName: string | null
  body: string
  fileId: number | null
  fileName: string | null
  state: ObjectionState
  answerDue: string
  answer: string | null
  documentNo: string | null
  scoreBefore: number | null
  scoreAfter: number | null
  filedBy: number | null
  filedAt: string
  deciderName: string | null
  decidedAt: string | null
  matchingId: number | null
  version: number
}

/** Those that wait first, the earliest answer due before the others. */
export async function objectionsOf(
  filters: {
    roundId?: number
    reach?: RoundReach
    state?: ObjectionState
    participantId?: number
  },
  client: Client = db
): Promise<ObjectionRow[]> {
  const query = objectionsFrom(client).orderBy('o.answer_due').orderBy('o.id')
  if (filters.roundId) query.where('o.round_id', filters.roundId)
  if (filters.participantId) query.where('o.participant_id', filters.participantId)
  if (filters.state) query.where('o.state', filters.state)
  if (filters.reach) withinReach(query, 'r', filters.reach)
  const rows = (await query).map(objectionOf)
  return rows.sort((a, b) => Number(b.state === 'filed') - Number(a.state === 'filed'))
}

export async function objectionById(id: number, client: Client = db): Promise<ObjectionRow> {
  const row = await objectionsFrom(client).where('o.id', id).first()
  if (!row) throw new NotFoundError('objection')
  return objectionOf(row)
}

function objectionsFrom(client: Client) {
  return client
    .from('selection_objections as o')
    .join('selection_rounds as r', 'r.id', 'o.round_id')
    .join('selection_participants as t', 't.id', 'o.participant_id')
    .join('persons as p', 'p.id', 't.person_id')
    .leftJoin('selection_lists as l', 'l.id', 'o.list_id')
    .leftJoin('files as f', 'f.id', 'o.file_id')
    .leftJoin('documents as d', 'd.id', 'o.document_id')
    .leftJoin('users as u', 'u.id', 'o.decided_by')
    .leftJoin('selection_matchings as m', (join) =>
      join.on('m.cause_id', 'o.id').andOnVal('m.kind', 'objection')
    )
    .select('o.*', 'r.name as round_name', 'r.unit_id', 't.person_id', 'p.name')
    .select('l.name as list_name', 'f.name as file_name', 'd.document_no', 'u.name as decider')
    .select('m.id as matching_id')
}

function objectionOf(row: any): ObjectionRow {
  return {
    id: Number(row.id),
    number: row.number,
    roundId: Number(row.round_id),
    roundName: row.round_name,
    unitId: Number(row.unit_id),
    participantId: Number(row.participant_id),
    personId: Number(row.person_id),
    name: row.name,
    listId: idOrNull(row.list_id),
    listName: row.list_name,
    body: row.body,
    fileId: idOrNull(row.file_id),
    fileName: row.file_name,
    state: row.state,
    answerDue: row.answer_due,
    answer: row.answer,
    documentNo: row.document_no,
    scoreBefore: idOrNull(row.score_before),
    scoreAfter: idOrNull(row.score_after),
    filedBy: idOrNull(row.filed_by),
    filedAt: row.created_at,
    deciderName: row.decider,
    decidedAt: row.decided_at,
    matchingId: idOrNull(row.matching_id),
    version: Number(row.version),
  }
}
