import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { shiftMonth } from '#shared/dates'
import type { ErrorParams } from '#shared/errors'
import type { MethodDays } from '../domain/methods.js'
import type { RunRow } from './runs.js'

export interface MethodRow extends MethodDays {
  id: number
  validFrom: string
  documentNo: string
  documentTitle: string
  supervisionDocumentNo: string
  createdByName: string | null
}

/** The distribution methods of a unit, newest first. */
export async function methodsOf(unitId: number): Promise<MethodRow[]> {
  const rows = await db
    .from('pay_methods as m')
    .join('documents as doc', 'doc.id', 'm.document_id')
    .leftJoin('users as authors', 'authors.id', 'm.created_by')
    .where('m.unit_id', unitId)
    .orderBy('m.valid_from', 'desc')
    .limit(100)
    .select('m.*', 'doc.document_no', 'doc.title', 'authors.name as author')
  return rows.map((row) => ({
    ...{ id: Number(row.id), validFrom: row.valid_from },
    ...{ documentNo: row.document_no, documentTitle: row.title },
    ...{ congress_on: row.congress_on, meeting_on: row.meeting_on },
    ...{ supervision_on: row.supervision_on, supervisionDocumentNo: row.supervision_document_no },
    ...{ publicity_from: row.publicity_from, publicity_to: row.publicity_to },
    createdByName: row.author,
  }))
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
    .where('unit_id', run.unitId)
    .where('valid_from', '<', `${shiftMonth(run.payMonth, 1)}-01`)
    .orderBy('valid_from', 'desc')
    .first()
  const params = { unit: run.unitName, month: run.payMonth }
  if (!method) return { key: 'pay.errors.no_method', params }
  if (method.publicity_to < today) return null
  return { key: 'pay.errors.method_open', params: { ...params, until: method.publicity_to } }
}
