import type { Actor } from '#shared/actor'
import { affected, isStillReferenced, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import { effectsOf } from '#imports/actions/effects'

/**
 * Takes units back with their names, facts and planned changes. A unit that anything points at, or
 * a change that has been carried out, stops it: DomainError `imports.errors.unit_in_use`.
 */
export async function undoUnits(trx: Trx, _actor: Actor, { importId }: ImportContext) {
  const idsOf = async (type: string) =>
    (await effectsOf(trx, importId, type)).map(({ subjectId }) => subjectId)
  for (const id of await idsOf('unit_change')) await dropChange(trx, id)
  for (const id of await idsOf('unit_fact')) await dropFact(trx, id)
  await trx
    .from('unit_names')
    .whereIn('id', await idsOf('unit_name'))
    .delete()
  const units = await idsOf('unit')
  await trx.from('unit_facts').whereIn('unit_id', units).delete()
  await trx.from('unit_names').whereIn('unit_id', units).delete()
  for (const id of units) await dropUnit(trx, id)
}

async function dropChange(trx: Trx, id: number) {
  await trx.from('unit_change_links').where('change_id', id).delete()
  const gone = await trx.from('unit_changes').where({ id, state: 'proposed' }).delete()
  if (!affected(gone)) throw new DomainError('imports.errors.change_done')
}

/** What it superseded is live again. */
async function dropFact(trx: Trx, id: number) {
  await trx.from('unit_facts').where({ id }).delete()
  await trx.from('unit_facts').where('superseded_by', id).update({ superseded_by: null })
}

async function dropUnit(trx: Trx, id: number) {
  const unit = await trx.from('units').where({ id }).firstOrFail()
  try {
    const rows = await trx.from('quota_accounts').where('unit_id', id).whereNot('balance', 0)
    if (rows.length > 0) throw inUse(unit.name)
    await trx.from('quota_accounts').where('unit_id', id).whereNotExists(hasEntries).delete()
    await trx.from('units').where({ id }).delete()
  } catch (error) {
    throw isStillReferenced(error) ? inUse(unit.name) : error
  }
}

function hasEntries(query: any) {
  query.from('quota_entries').whereColumn('quota_entries.account_id', 'quota_accounts.id')
}

function inUse(name: string) {
  return new DomainError('imports.errors.unit_in_use', { name })
}
