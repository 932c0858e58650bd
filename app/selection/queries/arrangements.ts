import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { withinReach, type RoundReach } from '../reach.js'
import type { NextStep, Outcome } from '../actions/arrangements.js'

export interface ArrangementRow {
  id: number
  roundId: number
  roundName: string
  unitId: number
  participantId: number
  personId: number
  name: string
  fromUnitName: string
  departmentName: string | null
  nature: string
  ownerId: number | null
  ownerName: string | null
  cause: 'unplaced' | 'declined' | 'silent'
  nextStep: NextStep
  dueOn: string | null
  note: string | null
  state: 'open' | 'settled'
  outcome: Outcome | null
  settledAt: string | null
  version: number
}

export async function arrangementsOf(
  filters: { roundId?: number; units?: 'all' | number[]; state?: string; ownerId?: number | null },
  client: Client = db
): Promise<ArrangementRow[]> {
  const query = arrangementsFrom(client).orderBy('a.state').orderBy('p.name_pinyin').orderBy('a.id')
  if (filters.roundId) query.where('a.round_id', filters.roundId)
  if (filters.state) query.where('a.state', filters.state)
  if (filters.ownerId) query.where('a.owner_id', filters.ownerId)
  if (filters.units && filters.units !== 'all') {
    query.whereIn('r.unit_id', filters.units.length ? filters.units : [-1])
  }
  return (await query).map(arrangementOf)
}

export async function arrangementById(id: number, client: Client = db): Promise<ArrangementRow> {
  const row = await arrangementsFrom(client).where('a.id', id).first()
  if (!row) throw new NotFoundError('arrangement')
  return arrangementOf(row)
}

export interface EndingRow {
  id: number
  arrangementId: number
  contractId: number
  endsOn: string
  payForNotice: boolean
  servedOn: string | null
  basis: any
  compensationFen: number
  reason: string
  state: 'asked' | 'approved' | 'refused' | 'done'
  askedBy: number | null
  askerName: string | null
  documentNo: string | null
  version: number
}

/** Proposals to end the contract, newest first. */
export async function endingsOf(arrangementId: number, client: Client = db): Promise<EndingRow[]> {
  const rows = await endingsFrom(client)
    .where('e.arrangement_id', arrangementId)
    .orderBy('e.id', 'desc')
  return rows.map(endingOf)
}

/** What was served on somebody of a round: the person's own copy. */
export async function servedEndings(participantId: number): Promise<EndingRow[]> {
  const rows = await endingsFrom(db)
    .join('selection_arrangements as a', 'a.id', 'e.arrangement_id')
    .where({ 'a.participant_id': participantId, 'e.state': 'done' })
    .orderBy('e.id')
  return rows.map(endingOf)
}

export async function endingById(id: number, client: Client = db): Promise<EndingRow> {
  const row = await endingsFrom(client).where('e.id', id).first()
  if (!row) throw new NotFoundError('ending')
  return endingOf(row)
}

/** Proposals that wait for their approval. */
export async function askedEndings(reach: RoundReach) {
  const query = endingsFrom(db)
    .join('selection_arrangements as a', 'a.id', 'e.arrangement_id')
    .join('selection_rounds as r', 'r.id', 'a.round_id')
    .where('e.state', 'asked')
    .orderBy('e.id')
  withinReach(query, 'r', reach)
  return (await query).map(endingOf)
}

function endingsFrom(client: Client) {
  return client
    .from('selection_endings as e')
    .leftJoin('users as u', 'u.id', 'e.asked_by')
    .leftJoin('documents as d', 'd.id', 'e.document_id')
    .select('e.*', 'u.name as asker', 'd.document_no')
}

function arrangementsFrom(client: Client) {
  return client
    .from('selection_arrangements as a')
    .join('selection_rounds as r', 'r.id', 'a.round_id')
    .join('selection_participants as t', 't.id', 'a.participant_id')
    .join('persons as p', 'p.id', 't.person_id')
    .join('units as u', 'u.id', 't.unit_id')
    .leftJoin('departments as d', 'd.id', 't.department_id')
    .leftJoin('users as o', 'o.id', 'a.owner_id')
    .select('a.*', 'r.name as round_name', 'r.unit_id', 't.person_id', 't.nature', 'p.name')
    .select('u.name as from_unit', 'd.name as department', 'o.name as owner')
}

function arrangementOf(row: any): ArrangementRow {
  return {
    id: Number(row.id),
    roundId: Number(row.round_id),
    roundName: row.round_name,
    unitId: Number(row.unit_id),
    participantId: Number(row.participant_id),
    personId: Number(row.person_id),
    name: row.name,
    fromUnitName: row.from_unit,
    departmentName: row.department,
    nature: row.nature,
    ownerId: idOrNull(row.owner_id),
    ownerName: row.owner,
    cause: row.cause,
    nextStep: row.next_step,
    dueOn: row.due_on,
    note: row.note,
    state: row.state,
    outcome: row.outcome,
    settledAt: row.settled_at,
    version: Number(row.version),
  }
}

function endingOf(row: any): EndingRow {
  return {
    id: Number(row.id),
    arrangementId: Number(row.arrangement_id),
    contractId: Number(row.contract_id),
    endsOn: row.ends_on,
    payForNotice: Boolean(row.pay_for_notice),
    servedOn: row.served_on,
    basis: JSON.parse(row.basis),
    compensationFen: Number(row.compensation_fen),
    reason: row.reason,
    state: row.state,
    askedBy: idOrNull(row.asked_by),
    askerName: row.asker,
    documentNo: row.document_no,
    version: Number(row.version),
  }
}
