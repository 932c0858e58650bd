import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { thePlan } from '../queries/plan.js'
import { itemIn } from './save_item.js'

const refuse: Refuse = refusing('programme')

export interface ProgressInput {
  itemId: number
  version: number
  startedOn: string | null
  /** Working days that are still needed, today included; null: as planned. */
  remainingDays: number | null
  note: string | null
}

/** What the lead unit says of a work item under way: when it began, what is left. */
export async function reportProgress(input: ProgressInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const item = itemIn(await thePlan(client), input.itemId)
    if (item.finishedOn) throw new DomainError('programme.errors.finished', { item: item.name })
    if (item.kind === 'milestone') throw new DomainError('programme.errors.milestone_progress')
    if (input.startedOn && input.startedOn > clock.today()) refuse('started_on', 'date_ahead')
    if (input.remainingDays !== null && !input.startedOn) refuse('started_on', 'not_started')
    const remains = input.remainingDays !== null
    await updateVersioned(client, 'work_items', item.id, input.version, {
      started_on: input.startedOn,
      remaining_days: input.remainingDays,
      remaining_as_of: remains ? clock.today() : null,
    })
    await record(client, actor, {
      action: 'programme.item.reported',
      subjectType: 'work_item',
      subjectId: item.id,
      changes: {
        started_on: [item.startedOn, input.startedOn],
        remaining_days: [item.remainingDays, input.remainingDays],
        note: input.note,
      },
    })
  }, trx)
}
