import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { Row } from '#shared/database'
import { shiftMonth } from '#shared/dates'
import { NotFoundError, type ErrorParams } from '#shared/errors'
import type { MethodDays } from '../domain/methods.js'
import type { RunRow } from './runs.js'

export interface MethodRow extends MethodDays {
  id: number
  unitId: number
  validFrom: string
  documentNo: string
  documentTitle: string
  supervisionDocumentNo: string
  createdBy: number | null
  createdByName: string | null
  /** Put down wrongly: by whom it was withdrawn, and why; it counts no more. */
  withdrawn: { byName: string | null; reason: string } | null
}

/** The distribution methods of a unit, newest first, withdrawn ones among them. */
export async function methodsOf(unitId: number): Promise<MethodRow[]> {
  const rows = await methodsFrom(db)
    .where('m.unit_id', unitId)
    .orderBy('m.valid_from', 'desc')
    .orderBy('m.id', 'desc')
  return rows.map(methodOf)
}

export async function methodById(id: number, client: Client = db): Promise<MethodRow> {
  const row = await methodsFrom(client).where('m.id', id).first()
  if (!row) throw new NotFoundError('distribution method')
  return methodOf(row)
}

function methodsFrom(client: Client) {
  return client
    .from('pay_methods as m')
    .join('documents as doc', 'doc.id', 'm.document_id')
    .leftJoin('users as authors', 'authors.id', 'm.created_by')
    .leftJoin('users as others', 'others.id', 'm.withdrawn_by')
    .select('m.*', 'doc.document_no', 'doc.title')
    .select('authors.name as author', 'others.name as other')
}

function methodOf(row: Row): MethodRow {
  return {
    id: Number(row.id),
    unitId: Number(row.unit_id),
    validFrom: row.valid_from,
    documentNo: row.document_no,
    documentTitle: row.title,
    congress_on: row.congress_on,
    meeting_on: row.meeting_on,
    supervision_on: row.supervision_on,
    supervisionDocumentNo: row.supervision_document_no,
    publicity_from: row.publicity_from,
    publicity_to: row.publicity_to,
    createdBy: row.created_by === null ? null : Number(row.created_by),
    createdByName: row.author,
    withdrawn: row.withdrawn_at && { byName: row.other, reason: row.withdrawn_because },
  }
}

export interface MethodLack {
  key: string
  params: ErrorParams
}

/**
 * What an incentive run lacks before it is released: a method of its unit in the payment month, and
 * of the newest that is, its publicity over before today. Null: nothing, or another kind of run.
 */
export async function methodLack(
  run: RunRow,
  today: string,
  client: Client = db
): Promise<MethodLack | null> {
  if (run.kind !== 'incentive') return null
  const method = await client
    .from('pay_methods')
    .where({ unit_id: run.unitId, live: 1 })
    .where('valid_from', '<', `${shiftMonth(run.payMonth, 1)}-01`)
    .orderBy('valid_from', 'desc')
    .first()
  const params = { unit: run.unitName, month: run.payMonth }
  if (!method) return { key: 'pay.errors.no_method', params }
  if (method.publicity_to < today) return null
  return { key: 'pay.errors.method_open', params: { ...params, until: method.publicity_to } }
}
