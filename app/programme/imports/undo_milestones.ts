import { isStillReferenced } from '#shared/database'
import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import { effectsOf } from '#imports/actions/effects'
import { dropUnused } from '#organization/imports/drop_unused'
import { undoUnits } from '#organization/imports/undo_units'

/**
 * Takes the milestones back while nobody has worked with them: a decided date, a work item that
 * leads to them, evidence or a baseline stops it by name.
 */
export async function undoMilestones(trx: Trx, actor: Actor, context: ImportContext) {
  const idsOf = async (type: string) =>
    (await effectsOf(trx, context.importId, type)).map(({ subjectId }) => subjectId)
  const items = await idsOf('work_item')
  for (const id of items) await refuseChanged(trx, id)
  await trx.from('work_links').whereIn('from_id', items).whereIn('to_id', items).delete()
  for (const table of ['fixed_dates', 'work_item_units', 'forecast_days']) {
    await trx.from(table).whereIn('item_id', items).delete()
  }
  for (const id of items) await drop(trx, id)
  await dropUnused(trx, 'programmes', await idsOf('programme'))
  await undoUnits(trx, actor, context)
}

async function refuseChanged(trx: Trx, id: number) {
  const item = await trx.from('work_items').where({ id }).firstOrFail()
  const dates = await trx.from('fixed_dates').where('item_id', id)
  if (Number(item.version) > 1 || dates.length > 1) throw inUse(item.name)
}

async function drop(trx: Trx, id: number) {
  const item = await trx.from('work_items').where({ id }).firstOrFail()
  try {
    await trx.from('work_items').where({ id }).delete()
  } catch (error) {
    throw isStillReferenced(error) ? inUse(item.name) : error
  }
}

const inUse = (name: string) => new DomainError('programme.errors.milestone_in_use', { name })
