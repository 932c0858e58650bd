import { record } from '#audit/actions/record'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { outlookOf } from '../queries/forecast.js'
import { thePlan } from '../queries/plan.js'
import { lockPlan } from './lock_plan.js'

export interface BaselineInput {
  name: string
  reason: string
  documentId: number | null
}

/**
 * Keeps the plan as it stands for ever; slips are counted from the first one. Not while two fixed
 * dates contradict each other: they would be in it undecided. Returns its id.
 */
export async function setBaseline(input: BaselineInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await lockPlan(client)
    const calendar = await loadCalendar(client)
    const { rows, conflicts, today } = outlookOf(await thePlan(client), calendar, clock.today())
    if (conflicts.length > 0) {
      throw new DomainError('programme.errors.conflicts_open', { count: conflicts.length })
    }
    if (rows.length === 0) throw new DomainError('programme.errors.empty_plan')
    const [{ last }] = await client.from('baselines').max('number as last')
    const number = Number(last ?? 0) + 1
    const id = await insertRow(client, 'baselines', {
      number,
      name: input.name,
      reason: input.reason,
      document_id: input.documentId,
      set_on: today,
      set_by: actor.userId,
      created_at: clock.now(),
    })
    await bulkInsert(
      client,
      'baseline_items',
      rows.map(({ id: itemId, forecast, fixedOn }) => ({
        baseline_id: id,
        item_id: itemId,
        start: forecast.start,
        finish: forecast.finish,
        fixed_on: fixedOn,
      }))
    )
    await record(client, actor, {
      action: 'programme.baseline.set',
      subjectType: 'baseline',
      subjectId: id,
      changes: { number, name: input.name, reason: input.reason, items: rows.length },
    })
    return id
  }, trx)
}
