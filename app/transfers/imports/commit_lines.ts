import { record } from '#audit/actions/record'
import { recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { rowsForTransfer } from '#people/queries/assignments'
import type { Client } from '#decisions/queries/client'
import type { Actor } from '#shared/actor'
import { affected, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import { appendLines } from '../actions/add_lines.js'
import { openForEdit } from '../actions/move_batch.js'
import { EDITABLE } from '../domain/states.js'
import { batchById, type BatchRow } from '../queries/batches.js'
import { linesByKey, listColumns, type KnownLine } from './known_lines.js'
import { lineKey, type LineParsed } from './lines_fields.js'

export interface LinesPlan {
  batchId: number
  rows: LineParsed[]
  same: number
}

/** Puts the lines of a list into the batch, which is a draft again; who moved since stops it. */
export async function commitLines(
  trx: Trx,
  actor: Actor,
  { importId }: ImportContext,
  { batchId, rows, same }: LinesPlan
): Promise<Record<string, number>> {
  const batch = await openBatchFor(trx, batchId)
  if (rows.length === 0) return { lines: 0, lines_changed: 0, same }
  const opened = await openForEdit(trx, batch)
  await refuseMoved(trx, opened, rows)
  const before = await linesByKey(batchId, trx)
  const fresh = rows.filter(({ lineId }) => lineId === null)
  if (fresh.some(({ line }) => before.has(lineKey(line)))) throw changed(fresh[0])
  const last = await lastLine(trx, batchId)
  const lines = fresh.map(({ line }) => line)
  await appendLines(trx, actor, opened, lines, { by: 'import', import: importId })
  const made = await trx
    .from('transfer_lines')
    .where('batch_id', batchId)
    .where('line_no', '>', last)
    .orderBy('line_no')
    .select('id')
  const effects: ImportEffectRow[] = made.map((row) => ({
    subjectType: 'transfer_line',
    subjectId: Number(row.id),
    effect: 'created',
  }))
  const changes = rows.filter(({ lineId }) => lineId !== null)
  for (const row of changes) effects.push(await change(trx, batchId, row, before))
  if (changes.length > 0) {
    await record(trx, actor, {
      action: 'transfers.batch.targets_set',
      subjectType: 'transfer_batch',
      subjectId: batchId,
      changes: { lines: changes.length, import: importId },
    })
  }
  await recordEffects(trx, importId, effects)
  return { lines: made.length, lines_changed: changes.length, same }
}

/** A batch takes lines as long as its preparer may change it. */
export async function openBatchFor(client: Client, batchId: number): Promise<BatchRow> {
  const batch = await batchById(batchId, client)
  if (EDITABLE.includes(batch.state)) return batch
  throw new DomainError('transfers.errors.import_batch_closed', { number: batch.number })
}

async function lastLine(trx: Trx, batchId: number): Promise<number> {
  const row = await trx.from('transfer_lines').where('batch_id', batchId).max('line_no as last')
  return Number(row[0].last ?? 0)
}

/** The people still hold what they held at the dry run. */
async function refuseMoved(trx: Trx, batch: BatchRow, rows: LineParsed[]) {
  const assignmentIds = rows.flatMap(({ line }) => line.assignmentId ?? [])
  const now = await rowsForTransfer({ date: batch.effectiveOn, assignmentIds }, trx)
  const open = new Map(
    now
      .filter(({ supersededBy, validTo }) => supersededBy === null && validTo === null)
      .map((row) => [row.id, row.unitId])
  )
  const moved = rows.find(
    ({ line }) => line.assignmentId !== null && open.get(line.assignmentId) !== line.fromUnitId
  )
  if (moved) throw changed(moved)
}

async function change(
  trx: Trx,
  batchId: number,
  row: LineParsed,
  known: Map<string, KnownLine>
): Promise<ImportEffectRow> {
  const line = known.get(lineKey(row.line))
  const done = await trx
    .from('transfer_lines')
    .where({ id: row.lineId, batch_id: batchId })
    .update({ ...listColumns(row.line), verdict: 'unchecked', findings: '[]' })
  if (!line || !affected(done)) throw changed(row)
  return {
    subjectType: 'transfer_line',
    subjectId: row.lineId!,
    effect: 'updated',
    before: line.columns,
  }
}

function changed({ about }: LineParsed) {
  return new DomainError('imports.errors.changed_since_check', { name: about })
}
