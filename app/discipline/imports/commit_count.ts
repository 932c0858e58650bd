import type { Actor } from '#shared/actor'
import { inChunks, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext, StoredRow } from '#shared/ports/imports'
import { effectsOf, recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { addSurplus, removeSurplus, saveCountLines, type CountedLine } from '../actions/counts.js'
import { countById, countLines, type CountLine } from '../queries/counts.js'
import { countIdOf, type CountParsed } from './check_count.js'

const PIECE = 400

/** Writes what the sheet found into the count, by the same steps as its page. */
export async function commitCount(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: StoredRow[]
): Promise<Record<string, number>> {
  const countId = await openTo(trx, actor, context)
  const parsed = rows.flatMap((row) => (row.effect === 'same' ? [] : [row.parsed as CountParsed]))
  const lines = parsed.flatMap(({ line }) => line ?? [])
  const before = await linesOf(trx, countId)
  for (const { lineId, version } of lines) refuseChanged(before.get(lineId), version)
  await inChunks(lines, PIECE, async (piece) => {
    await saveCountLines({ countId, lines: piece }, actor, trx)
    return []
  })
  const effects: ImportEffectRow[] = lines.map(({ lineId }) => ({
    subjectType: 'asset_count_line',
    subjectId: lineId,
    effect: 'updated',
    before: { ...writtenOf(before.get(lineId)!) },
  }))
  const surplus = parsed.flatMap((row) => row.surplus ?? [])
  for (const input of surplus) {
    const subjectId = await addSurplus({ countId, ...input }, actor, trx)
    effects.push({ subjectType: 'asset_count_line', subjectId, effect: 'created' })
  }
  await recordEffects(trx, context.importId, effects)
  return { counted: lines.length, surplus: surplus.length, same: rows.length - parsed.length }
}

/** Takes it back while the count is open; a line that was counted again since stops it, by number. */
export async function undoCount(trx: Trx, actor: Actor, context: ImportContext) {
  const countId = await openTo(trx, actor, context)
  const now = await linesOf(trx, countId)
  const lines: CountedLine[] = []
  for (const { subjectId, before } of await effectsOf(trx, context.importId, 'asset_count_line')) {
    const line = now.get(subjectId)
    const version = before ? Number(before.version) + 1 : 1
    refuseChanged(line, version)
    if (before) lines.push({ ...(before as CountedLine), version })
    else await removeSurplus({ countId, lineId: subjectId }, actor, trx)
  }
  await inChunks(lines, PIECE, async (piece) => {
    await saveCountLines({ countId, lines: piece }, actor, trx)
    return []
  })
}

async function openTo(trx: Trx, actor: Actor, { answers }: ImportContext): Promise<number> {
  const { id, unitId } = await countById(countIdOf(answers), trx)
  actor.authorize('assets.keep', { unitId })
  return id
}

async function linesOf(trx: Trx, countId: number): Promise<Map<number, CountLine>> {
  return new Map((await countLines(countId, trx)).map((line) => [line.id, line]))
}

function refuseChanged(line: CountLine | undefined, version: number) {
  if (line?.version === version) return
  const name = line?.assetCode ?? line?.name ?? ''
  throw new DomainError('imports.errors.changed_since_check', { name })
}

/** A line of the book as it is written now. */
function writtenOf(line: CountLine): CountedLine {
  const { id: lineId, version, counted: facts, explanation } = line
  return { lineId, version, result: line.result as CountedLine['result'], facts, explanation }
}
