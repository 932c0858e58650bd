import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  affected,
  bulkInsert,
  inChunks,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import type { ImportContext, StoredRow } from '#shared/ports/imports'
import { effectsOf, recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { columnsOf } from '../actions/assets.js'
import type { AssetParsed } from './check_assets.js'

/** Enters the new assets in few statements and changes those that differ; the register may be locked. */
export async function commitAssets(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: StoredRow[]
): Promise<Record<string, number>> {
  const work = rows.filter(({ parsed, effect }) => parsed && effect !== 'same')
  const parsed = work.map((row) => row.parsed as AssetParsed)
  await ask(trx, actor, context, parsed)
  const made = parsed.filter(({ id }) => id === null)
  await refuseKnown(trx, made)
  await bulkInsert(trx, 'assets', made.map(rowOf))
  const effects: ImportEffectRow[] = (await idsOf(trx, made)).map((subjectId) => ({
    subjectType: 'asset',
    subjectId,
    effect: 'created',
  }))
  for (const asset of parsed) if (asset.id !== null) effects.push(await change(trx, asset))
  await recordEffects(trx, context.importId, effects)
  return {
    assets: made.length,
    updated: parsed.length - made.length,
    same: rows.length - work.length,
  }
}

/** Each unit that the sheet speaks of: whether this person keeps its register, and the freeze. */
async function ask(trx: Trx, actor: Actor, { importId }: ImportContext, parsed: AssetParsed[]) {
  for (const unitId of new Set(parsed.map((asset) => asset.unitId))) {
    actor.authorize('assets.keep', { unitId })
    await freezePort.pass(
      {
        act: 'discipline.asset_import',
        unitIds: [unitId],
        date: clock.today(),
        actor,
        reformDocumentId: null,
        subject: { type: 'import', id: importId },
      },
      trx
    )
  }
}

/** Somebody may have entered a number since the check. */
async function refuseKnown(trx: Trx, made: AssetParsed[]) {
  const codes = made.map(({ code }) => code)
  const known = await inChunks(codes, 400, async (piece) =>
    trx.from('assets').whereIn('code', piece).select('code')
  )
  if (known.length) {
    throw new DomainError('imports.errors.changed_since_check', { name: known[0].code })
  }
}

function rowOf(asset: AssetParsed): Row {
  return {
    ...columnsOf(asset),
    code: asset.code,
    unit_id: asset.unitId,
    state: 'held',
    version: 1,
    created_at: clock.now(),
  }
}

async function idsOf(trx: Trx, made: AssetParsed[]): Promise<number[]> {
  const codes = made.map(({ code }) => code)
  return inChunks(codes, 400, async (piece) => {
    const rows = await trx.from('assets').whereIn('code', piece).select('id')
    return rows.map((row) => Number(row.id))
  })
}

async function change(trx: Trx, asset: AssetParsed): Promise<ImportEffectRow> {
  const id = asset.id!
  const row = await trx.from('assets').where({ id }).firstOrFail()
  const values = columnsOf(asset)
  const columns = [...Object.keys(values), 'version']
  const before = Object.fromEntries(columns.map((name) => [name, row[name]]))
  await updateVersioned(trx, 'assets', id, Number(row.version), values)
  return { subjectType: 'asset', subjectId: id, effect: 'updated', before }
}

/** Takes the import back; an asset that was changed, counted or divided since stops it, by name. */
export async function undoAssets(trx: Trx, actor: Actor, context: ImportContext) {
  for (const { subjectId: id, before } of await effectsOf(trx, context.importId, 'asset')) {
    const asset = await trx.from('assets').where({ id }).firstOrFail()
    const unitId = Number(asset.unit_id)
    actor.authorize('assets.keep', { unitId })
    await freezePort.pass(
      {
        act: 'discipline.asset_import',
        unitIds: [unitId],
        date: clock.today(),
        actor,
        reformDocumentId: null,
        subject: { type: 'import', id: context.importId },
      },
      trx
    )
    const done = before ? await restore(trx, id, before) : await drop(trx, id)
    if (!done) throw new DomainError('discipline.errors.asset_in_use', { code: asset.code })
  }
}

async function restore(trx: Trx, id: number, before: Row): Promise<boolean> {
  const { version, ...values } = before
  const changed = await trx
    .from('assets')
    .where({ id, version: Number(version) + 1 })
    .update({ ...values, version: Number(version) + 2, updated_at: clock.now() })
  return affected(changed)
}

async function drop(trx: Trx, id: number): Promise<boolean> {
  const used =
    (await trx.from('asset_count_lines').where('asset_id', id).first()) ??
    (await trx.from('divestiture_lines').where('asset_id', id).first())
  if (used) return false
  return affected(await trx.from('assets').where({ id, version: 1 }).delete())
}
