import db from '@adonisjs/lucid/services/db'
import { NotFoundError } from '#shared/errors'

export interface PermitRow {
  id: number
  participantId: number
  reason: string
  state: 'asked' | 'approved' | 'refused' | 'used'
  askedBy: number | null
  askerName: string | null
  deciderName: string | null
  version: number
}

/** Late entries that were asked for, newest first. */
export async function permitsOf(participantId: number): Promise<PermitRow[]> {
  return (await from().where('x.participant_id', participantId).orderBy('x.id', 'desc')).map(rowOf)
}

export async function permitById(id: number): Promise<PermitRow> {
  const row = await from().where('x.id', id).first()
  if (!row) throw new NotFoundError('permit')
  return rowOf(row)
}

function from() {
  return db
    .from('selection_permits as x')
    .leftJoin('users as a', 'a.id', 'x.asked_by')
    .leftJoin('users as d', 'd.id', 'x.decided_by')
    .select('x.*', 'a.name as asker', 'd.name as decider')
}

function rowOf(row: any): PermitRow {
  return {
    id: Number(row.id),
    participantId: Number(row.participant_id),
    reason: row.reason,
    state: row.state,
    askedBy: row.asked_by === null ? null : Number(row.asked_by),
    askerName: row.asker,
    deciderName: row.decider,
    version: Number(row.version),
  }
}
