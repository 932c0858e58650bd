import { record } from '#audit/actions/record'
import { findApprovedResolution } from '#governance/queries/resolutions'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { thePlan, type ItemRow } from '../queries/plan.js'
import { lockPlan } from './lock_plan.js'
import { itemIn } from './save_item.js'

const refuse: Refuse = refusing('programme')

export interface FixedDateInput {
  itemId: number
  version: number
  /** Null lifts it. */
  fixedOn: string | null
  /** Number of the approved resolution that decided it: `市融改纪〔2022〕3号第2项`. */
  resolutionNo: string
  reason: string | null
}

/** Changes a fixed date by a resolution; the dates before stay on record. */
export async function changeFixedDate(input: FixedDateInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await lockPlan(client)
    const item = itemIn(await thePlan(client), input.itemId)
    if (item.finishedOn) throw new DomainError('programme.errors.finished', { item: item.name })
    if (item.fixedOn === input.fixedOn) refuse('fixed_on', 'same_date')
    const resolution = await findApprovedResolution(input.resolutionNo, client)
    if (!resolution) refuse('resolution_no', 'no_resolution', { number: input.resolutionNo })
    await updateVersioned(client, 'work_items', item.id, input.version, {})
    await writeFixedDate(client, actor, item.id, {
      fixedOn: input.fixedOn,
      source: 'resolution',
      reason: input.reason,
      resolutionNo: resolution.number,
      documentId: resolution.documentId,
    })
    await record(client, actor, {
      action: 'programme.fixed_date.changed',
      subjectType: 'work_item',
      subjectId: item.id,
      changes: {
        fixed_on: [item.fixedOn, input.fixedOn],
        resolution_no: resolution.number,
        reason: input.reason,
      },
    })
  }, trx)
}

/** Puts a date in force in place of the one before. */
export async function writeFixedDate(
  trx: Trx,
  actor: Actor,
  itemId: ItemRow['id'],
  input: {
    fixedOn: string | null
    source: 'plan' | 'conflict' | 'resolution'
    resolutionNo?: string | null
    documentId: number | null
    reason: string | null
  }
): Promise<number> {
  const dates = () => trx.from('fixed_dates')
  const old = await dates().where({ item_id: itemId, live: 1 }).first()
  // At most one is live: the old one goes first, and learns then what took its place.
  if (old) await dates().where('id', old.id).update({ superseded_by: old.id })
  const id = await insertRow(trx, 'fixed_dates', {
    item_id: itemId,
    fixed_on: input.fixedOn,
    source: input.source,
    resolution_no: input.resolutionNo ?? null,
    document_id: input.documentId,
    reason: input.reason,
    recorded_by: actor.userId,
    recorded_at: clock.now(),
  })
  if (old) await dates().where('id', old.id).update({ superseded_by: id })
  return id
}
