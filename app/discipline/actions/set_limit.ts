import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, type Trx } from '#shared/database'
import { refusing, type Refuse } from '#shared/errors'
import { formatFen } from '#shared/money'
import { DAILY_CATEGORIES, type SpendingCategory } from '../domain/spending.js'

const refuse: Refuse = refusing('discipline')

export interface LimitInput {
  category: SpendingCategory
  singleFen: number
  monthFen: number
  validFrom: string
  documentId: number
}

/** Sets the ceilings of a daily category from a day on; those of before keep their days. */
export async function setLimit(input: LimitInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    if (!(DAILY_CATEGORIES as readonly string[]).includes(input.category)) {
      refuse('category', 'not_daily')
    }
    if (input.monthFen < input.singleFen) refuse('month', 'month_below_single')
    const where = { category: input.category, valid_from: input.validFrom, live: 1 }
    const old = await client.from('spending_limits').where(where).forUpdate().first()
    if (old) {
      await client.from('spending_limits').where('id', old.id).update({ superseded_by: old.id })
    }
    const id = await insertRow(client, 'spending_limits', {
      category: input.category,
      valid_from: input.validFrom,
      single_fen: input.singleFen,
      month_fen: input.monthFen,
      document_id: input.documentId,
      recorded_at: clock.now(),
      recorded_by: actor.userId,
    })
    if (old) await client.from('spending_limits').where('id', old.id).update({ superseded_by: id })
    await record(client, actor, {
      action: 'discipline.limit.set',
      subjectType: 'spending_limit',
      subjectId: id,
      changes: {
        category: input.category,
        single: formatFen(input.singleFen),
        month: formatFen(input.monthFen),
        valid_from: input.validFrom,
      },
    })
    return id
  }, trx)
}
