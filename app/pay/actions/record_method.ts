import { record } from '#audit/actions/record'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { isCivilDate } from '#shared/dates'
import { refusing, type Refuse } from '#shared/errors'
import { PUBLICITY_DAYS, wrongDay, type MethodDays } from '../domain/methods.js'

const refuse: Refuse = refusing('pay')

export interface MethodInput {
  unitId: number
  validFrom: string
  documentId: number
  supervisionDocumentNo: string
  days: MethodDays
}

/** Puts on record the distribution method of a unit from a day on, with the way it went. */
export async function recordMethod(input: MethodInput, actor: Actor, trx?: Trx): Promise<number> {
  const { unitId, validFrom, documentId, supervisionDocumentNo, days } = input
  return inTransaction(async (client) => {
    if (!isCivilDate(validFrom)) refuse('valid_from', 'day')
    const wrong = wrongDay(days, await loadCalendar(client))
    if (wrong) refuse(wrong.field, wrong.error, { days: PUBLICITY_DAYS })
    const id = await insertRow(client, 'pay_methods', {
      unit_id: unitId,
      valid_from: validFrom,
      document_id: documentId,
      ...days,
      supervision_document_no: supervisionDocumentNo,
      created_by: actor.userId,
      created_at: clock.now(),
    }).catch((error) => {
      if (isUniqueViolation(error)) return refuse('valid_from', 'method_there')
      throw error
    })
    await record(client, actor, {
      action: 'pay.method.recorded',
      subjectType: 'pay_methods',
      subjectId: unitId,
      changes: { valid_from: validFrom, document_id: documentId, ...days },
    })
    return id
  }, trx)
}
