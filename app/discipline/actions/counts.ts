import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import { moveState } from '#shared/transitions'
import {
  COUNT_MOVES,
  COUNTED,
  differencesOf,
  type AssetCategory,
  type Condition,
  type CountedFacts,
  type CountResult,
  type CountVerb,
  type Purpose,
} from '../domain/assets.js'
import { assetById, assetList } from '../queries/assets.js'
import { countById, countLines, type CountLine, type CountRow } from '../queries/counts.js'
import { insertAsset } from './assets.js'

/** Opens a count of one unit's assets: a line for everything that its register holds. */
export async function openCount(
  input: { unitId: number; asOf: string; documentId: number | null },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, input.asOf)
    const assets = await assetList({ unitId: input.unitId, units: 'all' }, 50_000, client)
    const counted = assets.filter(({ state }) => state !== 'disposed')
    if (counted.length === 0) throw new DomainError('discipline.errors.no_assets')
    const id = await insertCount(client, input, actor)
    await bulkInsert(
      client,
      'asset_count_lines',
      counted.map((asset) => ({
        ...{ count_id: id, asset_id: asset.id, name: asset.name, category: asset.category },
        ...{ original_fen: asset.originalFen, net_fen: asset.netFen },
        ...{ book_place: asset.place, book_custodian: asset.custodian },
        ...{ book_purpose: asset.purpose, book_condition: asset.condition },
        ...{ result: 'todo', differs: false, version: 1, created_at: clock.now() },
      }))
    )
    await write(client, actor, 'opened', id, { lines: counted.length, as_of: input.asOf })
    return id
  }, trx)
}

async function insertCount(
  trx: Trx,
  input: { unitId: number; asOf: string; documentId: number | null },
  actor: Actor
) {
  try {
    const id = await insertRow(trx, 'asset_counts', {
      number: `new-${crypto.randomUUID()}`,
      ...{ unit_id: input.unitId, as_of: input.asOf, document_id: input.documentId },
      ...{ state: 'open', prepared_by: actor.userId, version: 1, created_at: clock.now() },
    })
    const number = `QC${input.asOf.slice(0, 4)}-${String(id).padStart(3, '0')}`
    await trx.from('asset_counts').where('id', id).update({ number })
    return id
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('discipline.errors.count_open')
    throw error
  }
}

export interface CountedLine {
  lineId: number
  version: number
  result: Exclude<CountResult, 'surplus'>
  facts: CountedFacts
  explanation: string | null
}

/** Writes what was found of book assets; lines that nobody touched are left as they are. */
export async function saveCountLines(
  input: { countId: number; lines: CountedLine[] },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await openForCounting(client, input.countId)
    const ids = input.lines.map(({ lineId }) => lineId)
    const before = new Map(
      (await countLines(input.countId, client, ids)).map((line) => [line.id, line])
    )
    let changed = 0
    for (const line of input.lines) {
      const old = before.get(line.lineId)
      if (!old || old.assetId === null || isAsWritten(old, line)) continue
      await saveLine(client, actor, old, line)
      changed += 1
    }
    if (changed) await write(client, actor, 'counted', input.countId, { lines: changed })
    return changed
  }, trx)
}

/** The line says this already. */
export function isAsWritten(old: CountLine, line: CountedLine): boolean {
  const facts = line.result === 'found' ? line.facts : NOTHING
  return (
    old.result === line.result &&
    (old.explanation ?? '') === (line.explanation ?? '') &&
    COUNTED.every((name) => (old.counted[name] ?? '') === (facts[name] ?? ''))
  )
}

const NOTHING: CountedFacts = { place: null, custodian: null, purpose: null, condition: null }

async function saveLine(trx: Trx, actor: Actor, old: CountLine, line: CountedLine) {
  const counted = line.result === 'found' ? line.facts : NOTHING
  const differences = differencesOf({ result: line.result, book: old.book, counted })
  await updateVersioned(trx, 'asset_count_lines', line.lineId, line.version, {
    result: line.result,
    ...columnsOf(counted),
    explanation: line.explanation,
    differs: differences.length > 0,
    counted_by: line.result === 'todo' ? null : actor.userId,
  })
}

export interface SurplusInput {
  countId: number
  name: string
  category: AssetCategory
  originalFen: number
  netFen: number
  facts: CountedFacts
  explanation: string
}

/** Something that stands there and is on no register (盘盈). */
export async function addSurplus(input: SurplusInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await openForCounting(client, input.countId)
    if (input.netFen < 0 || input.netFen > input.originalFen) {
      const code = 'discipline.errors.net_above_original'
      throw new DomainError(code, {}, [{ field: 'net', code }])
    }
    const id = await insertRow(client, 'asset_count_lines', {
      ...{ count_id: input.countId, asset_id: null, name: input.name, category: input.category },
      ...{ original_fen: input.originalFen, net_fen: input.netFen, result: 'surplus' },
      ...columnsOf(input.facts),
      ...{ explanation: input.explanation, differs: true, counted_by: actor.userId },
      ...{ version: 1, created_at: clock.now() },
    })
    await write(client, actor, 'surplus', input.countId, { name: input.name })
    return id
  }, trx)
}

/** Takes a surplus line out again. */
export async function removeSurplus(
  input: { countId: number; lineId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await openForCounting(client, input.countId)
    const [line] = await countLines(input.countId, client, [input.lineId])
    if (!line || line.assetId !== null) throw new DomainError('discipline.errors.not_surplus')
    await client.from('asset_count_lines').where('id', line.id).delete()
    await write(client, actor, 'surplus_removed', input.countId, { name: line.name })
  }, trx)
}

async function openForCounting(trx: Trx, countId: number): Promise<CountRow> {
  const count = await countById(countId, trx)
  if (count.state !== 'open' && count.state !== 'returned') {
    throw new DomainError('discipline.errors.count_not_open', { number: count.number })
  }
  return count
}

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
          ...{ act: 'discipline.asset_count', unitIds: [count.unitId], date: clock.today(), actor },
          ...{ reformDocumentId: null, subject: { type: 'asset_count', id: count.id } },
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
  if (line.result === 'missing') {
    await updateVersioned(trx, 'assets', asset.id, asset.version, { state: 'missing' })
    return writeAsset(trx, actor, 'missing', asset.id, count)
  }
  const { place, custodian, purpose, condition } = line.counted
  await updateVersioned(trx, 'assets', asset.id, asset.version, {
    ...{ place, custodian, purpose: purpose ?? asset.purpose },
    ...{ condition_code: condition ?? asset.condition, state: 'held' },
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
    ...{ custodian, place, acquiredOn: null, documentId: null },
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
    const count = await countById(input.countId, trx)
    await prepare(trx, count)
    const decided =
      verb === 'confirm' || verb === 'return'
        ? { decided_by: actor.userId, decided_at: clock.now(), comment: input.comment ?? null }
        : {}
    const { countId: id, version } = input
    await moveState(trx, 'asset_counts', { id, version }, COUNT_MOVES, verb, decided)
    await write(trx, actor, done, id, { comment: input.comment ?? null }, input.grant)
  }, outer)
}

function refusePreparer(count: CountRow, actor: Actor, grant?: ActiveGrant | null) {
  if (count.preparedBy === null) return
  if ([actor.userId, grant?.onBehalfOf?.userId].includes(count.preparedBy)) {
    throw new DomainError('discipline.errors.same_person')
  }
}

function columnsOf({ place, custodian, purpose, condition }: CountedFacts): Row {
  return { place, custodian, purpose, condition_code: condition }
}

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  id: number,
  changes: Row,
  grant?: ActiveGrant | null
) {
  const subject = { subjectType: 'asset_count', subjectId: id }
  return record(trx, actor, { action: `discipline.count.${done}`, ...subject, changes, grant })
}

function writeAsset(trx: Trx, actor: Actor, done: string, id: number, count: CountRow) {
  const subject = { subjectType: 'asset', subjectId: id }
  const changes = { count: count.number }
  return record(trx, actor, { action: `discipline.asset.count_${done}`, ...subject, changes })
}
