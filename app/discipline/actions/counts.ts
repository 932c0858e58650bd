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
import {
  COUNTED,
  differencesOf,
  type AssetCategory,
  type CountedFacts,
  type CountResult,
} from '../domain/assets.js'
import { assetList } from '../queries/assets.js'
import { countById, countLines, type CountLine, type CountRow } from '../queries/counts.js'

/** Opens a count of one unit's assets: a line for everything that its register holds. */
export async function openCount(
  input: { unitId: number; asOf: string; documentId: number | null },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, input.asOf)
    const assets = await assetList({ unitId: input.unitId, units: 'all' }, client)
    const counted = assets.filter(({ state }) => state !== 'disposed')
    if (counted.length === 0) throw new DomainError('discipline.errors.no_assets')
    const id = await insertCount(client, input, actor)
    await bulkInsert(
      client,
      'asset_count_lines',
      counted.map((asset) => ({
        count_id: id,
        asset_id: asset.id,
        name: asset.name,
        category: asset.category,
        original_fen: asset.originalFen,
        net_fen: asset.netFen,
        book_place: asset.place,
        book_custodian: asset.custodian,
        book_purpose: asset.purpose,
        book_condition: asset.condition,
        result: 'todo',
        differs: false,
        version: 1,
        created_at: clock.now(),
      }))
    )
    await writeCount(client, actor, 'opened', id, { lines: counted.length, as_of: input.asOf })
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
      unit_id: input.unitId,
      as_of: input.asOf,
      document_id: input.documentId,
      state: 'open',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
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
    if (changed) await writeCount(client, actor, 'counted', input.countId, { lines: changed })
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
      count_id: input.countId,
      asset_id: null,
      name: input.name,
      category: input.category,
      original_fen: input.originalFen,
      net_fen: input.netFen,
      result: 'surplus',
      ...columnsOf(input.facts),
      explanation: input.explanation,
      differs: true,
      counted_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await writeCount(client, actor, 'surplus', input.countId, { name: input.name })
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
    await writeCount(client, actor, 'surplus_removed', input.countId, { name: line.name })
  }, trx)
}

/** Nothing is read before, and nobody hands the count in until what is counted is on record. */
async function openForCounting(trx: Trx, countId: number): Promise<CountRow> {
  await trx.from('asset_counts').where('id', countId).forShare().select('id')
  const count = await countById(countId, trx)
  if (count.state !== 'open' && count.state !== 'returned') {
    throw new DomainError('discipline.errors.count_not_open', { number: count.number })
  }
  return count
}

function columnsOf({ place, custodian, purpose, condition }: CountedFacts): Row {
  return { place, custodian, purpose, condition_code: condition }
}

/** An audit row of the count. */
export function writeCount(
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
