import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import { moveState } from '#shared/transitions'
import { COUNT_MOVES, type Condition, type CountVerb, type Purpose } from '../domain/assets.js'
import { assetById } from '../queries/assets.js'
import { countById, countLines, type CountLine, type CountRow } from '../queries/counts.js'
import { insertAsset } from './assets.js'
import { writeCount } from './counts.js'
import { refusePreparer } from './refuse_preparer.js'

export interface MoveInput {
  countId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** Hands the count in: everything is counted and every difference explained. */
export function submitCount(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'submit', 'submitted', actor, trx, async (_client, count) => {
    if (count.todo) throw new DomainError('discipline.errors.count_todo', { count: count.todo })
    if (count.unexplained) {
      throw new DomainError('discipline.errors.unexplained', { count: count.unexplained })
    }
  })
}

export function returnCount(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'return', 'returned', actor, trx, async (_client, count) =>
    refusePreparer(count, actor, input.grant)
  )
}

export function withdrawCount(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'withdraw', 'withdrawn', actor, trx, async () => {})
}

/**
 * Confirms the count, never who prepared it: the register takes what was found. That is a correction
 * of wrong data, which a freeze lets pass and records.
 */
export function confirmCount(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'confirm', 'confirmed', actor, trx, async (client, count) => {
    refusePreparer(count, actor, input.grant)
    const differing = (await countLines(count.id, client)).filter((line) => line.differences.length)
    if (differing.length) {
      await freezePort.pass(
        {
          act: 'discipline.asset_count',
          unitIds: [count.unitId],
          date: clock.today(),
          actor,
          reformDocumentId: null,
          subject: { type: 'asset_count', id: count.id },
          allowed: 'correction',
        },
        client
      )
    }
    for (const line of differing) await settle(client, actor, count, line)
  })
}

async function settle(trx: Trx, actor: Actor, count: CountRow, line: CountLine) {
  if (line.result === 'surplus') return enterSurplus(trx, actor, count, line)
  const asset = await assetById(line.assetId!, trx)
  // Disposed of or handed over since the count was opened: the count says no more of it.
  if (asset.state === 'disposed' || asset.unitId !== count.unitId) return
  if (line.result === 'missing') {
    await updateVersioned(trx, 'assets', asset.id, asset.version, { state: 'missing' })
    return writeAsset(trx, actor, 'missing', asset.id, count)
  }
  const { place, custodian, purpose, condition } = line.counted
  await updateVersioned(trx, 'assets', asset.id, asset.version, {
    place,
    custodian,
    purpose: purpose ?? asset.purpose,
    condition_code: condition ?? asset.condition,
    state: 'held',
  })
  await writeAsset(trx, actor, 'settled', asset.id, count)
}

async function enterSurplus(trx: Trx, actor: Actor, count: CountRow, line: CountLine) {
  const { place, custodian, purpose, condition } = line.counted
  const id = await insertAsset(trx, {
    code: `${count.number}-${line.id}`,
    name: line.name,
    category: line.category,
    model: null,
    unitId: count.unitId,
    custodian,
    place,
    acquiredOn: null,
    documentId: null,
    purpose: (purpose ?? 'idle') as Purpose,
    condition: (condition ?? 'good') as Condition,
    originalFen: line.originalFen,
    netFen: line.netFen,
  })
  await trx.from('asset_count_lines').where('id', line.id).update({ asset_id: id })
  await writeAsset(trx, actor, 'surplus', id, count)
}

async function move(
  input: MoveInput,
  verb: CountVerb,
  done: string,
  actor: Actor,
  outer: Trx | undefined,
  prepare: (trx: Trx, count: CountRow) => Promise<void>
) {
  await inTransaction(async (trx) => {
    // Before anything is read: MySQL shows the others' work as it was at the first plain read.
    await trx.from('asset_counts').where('id', input.countId).forUpdate().select('id')
    const count = await countById(input.countId, trx)
    await prepare(trx, count)
    const decided =
      verb === 'confirm' || verb === 'return'
        ? { decided_by: actor.userId, decided_at: clock.now(), comment: input.comment ?? null }
        : {}
    const { countId: id, version } = input
    await moveState(trx, 'asset_counts', { id, version }, COUNT_MOVES, verb, decided)
    await writeCount(trx, actor, done, id, { comment: input.comment ?? null }, input.grant)
  }, outer)
}

function writeAsset(trx: Trx, actor: Actor, done: string, id: number, count: CountRow) {
  const subject = { subjectType: 'asset', subjectId: id }
  const changes = { count: count.number }
  return record(trx, actor, { action: `discipline.asset.count_${done}`, ...subject, changes })
}
