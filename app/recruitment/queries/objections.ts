import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { unseal } from '#shared/crypto'
import { NotFoundError } from '#shared/errors'

export interface ObjectionRow {
  id: number
  recruitmentId: number
  applicationId: number | null
  applicantName: string | null
  content: string
  receivedOn: string
  state: 'open' | 'accepted' | 'rejected'
  answer: string | null
  version: number
}

export async function objectionsOf(recruitmentId: number, client: Client = db) {
  const rows = await objectionsFrom(client).where('o.recruitment_id', recruitmentId).orderBy('o.id')
  return rows.map(objectionOf)
}

export async function objectionById(id: number, client: Client = db): Promise<ObjectionRow> {
  const row = await objectionsFrom(client).where('o.id', id).first()
  if (!row) throw new NotFoundError('objection')
  return objectionOf(row)
}

function objectionsFrom(client: Client) {
  return client
    .from('recruitment_objections as o')
    .leftJoin('recruitment_applications as a', 'a.id', 'o.application_id')
    .select('o.*', 'a.name as applicant')
}

function objectionOf(row: any): ObjectionRow {
  return {
    id: Number(row.id),
    recruitmentId: Number(row.recruitment_id),
    applicationId: row.application_id === null ? null : Number(row.application_id),
    applicantName: row.applicant,
    content: unseal(row.content_sealed, 'objection'),
    receivedOn: row.received_on,
    state: row.state,
    answer: row.answer,
    version: Number(row.version),
  }
}
