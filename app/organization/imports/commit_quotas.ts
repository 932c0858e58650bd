import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, isUniqueViolation, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext, StoredRow } from '#shared/ports/imports'
import { recordDocument } from '#decisions/actions/record_document'
import { recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import type { NewPostParsed, TargetParsed } from './check_quotas.js'
import { NamedUnits } from './external_units.js'
import { LedgerOpening } from './ledger_opening.js'

/**
 * Approved numbers become targets. Units that were there before open their seats straight into the
 * ledger; what a unit of the plan gets beyond its predecessors comes through the pool of 编办.
 */
export async function commitQuotas(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: StoredRow[]
): Promise<Record<string, number>> {
  try {
    return await write(trx, actor, context, rows)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('imports.errors.changed_since_check', { name: '–' })
  }
}

async function write(trx: Trx, actor: Actor, context: ImportContext, rows: StoredRow[]) {
  const of = <Parsed>(sheet: string) =>
    rows
      .filter((row) => row.sheet === sheet && row.parsed)
      .map(({ effect, parsed }) => ({ effect, parsed: parsed as Parsed }))
  const targets = of<TargetParsed>('targets').filter(({ effect }) => effect !== 'same')
  const posts = of<NewPostParsed>('new_posts')
  const units = await NamedUnits.open(trx, actor)
  const effects: ImportEffectRow[] = []
  const opening = new LedgerOpening(trx, actor, context.importId)
  for (const { effect, parsed } of targets) {
    const unitId = await units.idOf(parsed.unit, parsed.validFrom)
    const documentId = await recordDocument(trx, actor, { documentNo: parsed.document })
    effects.push(await writeTarget(trx, unitId, documentId, parsed))
    if (effect !== 'create') continue
    const functions = posts.filter((post) => post.parsed.unit === parsed.unit)
    opening.add({ unitId, documentId, parsed, functions: functions.map((post) => post.parsed) })
  }
  const seats = await opening.book()
  for (const { effect, parsed } of posts) {
    if (effect === 'update') effects.push(await writeRequirements(trx, parsed))
  }
  await recordEffects(trx, context.importId, [...units.made, ...effects])
  return { targets: targets.length, ...seats, same: rows.length - targets.length }
}

/** A target of the same day is superseded, never overwritten. */
async function writeTarget(
  trx: Trx,
  unitId: number,
  documentId: number,
  { fundingType, total, seats, leaderPosts, validFrom, targetId }: TargetParsed
): Promise<ImportEffectRow> {
  const targets = () => trx.from('quota_targets')
  if (targetId !== null) {
    await targets().where('id', targetId).update({ superseded_by: targetId })
  }
  const id = await insertRow(trx, 'quota_targets', {
    unit_id: unitId,
    funding_type: fundingType,
    total,
    ...seats,
    leader_posts: leaderPosts,
    valid_from: validFrom,
    document_id: documentId,
    recorded_at: clock.now(),
  })
  if (targetId !== null) await targets().where('id', targetId).update({ superseded_by: id })
  return { subjectType: 'quota_target', subjectId: id, effect: 'created' }
}

async function writeRequirements(
  trx: Trx,
  { postId, requirements }: NewPostParsed
): Promise<ImportEffectRow> {
  const id = postId!
  const row = await trx.from('posts').where({ id }).firstOrFail()
  const before = { requirements: row.requirements, version: row.version }
  const values = { requirements: requirements?.slice(0, 200) ?? null }
  await updateVersioned(trx, 'posts', id, Number(row.version), values)
  return { subjectType: 'post', subjectId: id, effect: 'updated', before }
}
