import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import type { AssetCategory, Condition, Purpose } from '../domain/assets.js'
import { assetById, type AssetRow } from '../queries/assets.js'

export interface AssetFacts {
  name: string
  category: AssetCategory
  model: string | null
  custodian: string | null
  place: string | null
  purpose: Purpose
  condition: Condition
  acquiredOn: string | null
  originalFen: number
  netFen: number
}

export interface AssetInput extends AssetFacts {
  code: string
  unitId: number
  documentId: number | null
}

/** Enters an asset by hand; the register is locked during the freeze. Returns its id. */
export async function createAsset(input: AssetInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    checkValues(input)
    await assertUnitAlive(client, input.unitId, clock.today())
    await freezePort.pass(
      {
        act: 'discipline.asset_register',
        unitIds: [input.unitId],
        date: clock.today(),
        reformDocumentId: input.documentId,
        actor,
      },
      client
    )
    const id = await insertAsset(client, input)
    await write(client, actor, 'registered', id, { code: input.code, name: input.name })
    return id
  }, trx)
}

export async function insertAsset(trx: Trx, input: AssetInput): Promise<number> {
  try {
    return await insertRow(trx, 'assets', {
      ...columnsOf(input),
      code: input.code,
      unit_id: input.unitId,
      document_id: input.documentId,
      state: 'held',
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const params = { code: input.code }
    throw new DomainError('discipline.errors.asset_known', params, [
      { field: 'code', code: 'discipline.errors.asset_known', params },
    ])
  }
}

export interface AssetEdit extends AssetFacts {
  assetId: number
  version: number
  /** The register was wrong; otherwise the thing itself changed, which a freeze forbids. */
  wasWrong: boolean
  reason: string
  documentId: number | null
}

/**
 * Changes an asset: another use asks the rule on facilities, anything else the one on assets. A
 * correction of wrong data is always allowed and recorded.
 */
export async function editAsset(input: AssetEdit, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    checkValues(input)
    const before = await assetById(input.assetId, client)
    refuseDisposed(before)
    const changes = changesOf(before, input)
    if (Object.keys(changes).length === 0) {
      throw new DomainError('discipline.errors.nothing_changed')
    }
    await askChange(client, before, changes, input, actor)
    await updateVersioned(client, 'assets', before.id, input.version, columnsOf(input))
    await write(client, actor, input.wasWrong ? 'corrected' : 'changed', before.id, {
      ...changes,
      reason: input.reason,
      document_id: input.documentId,
    })
  }, trx)
}

async function askChange(
  trx: Trx,
  asset: AssetRow,
  changes: Row,
  { wasWrong, documentId }: AssetEdit,
  actor: Actor
) {
  const acts: string[] = []
  if ('purpose' in changes) acts.push('discipline.facility_use')
  if (Object.keys(changes).some((name) => name !== 'purpose')) acts.push('discipline.asset_change')
  for (const act of acts) {
    await freezePort.pass(
      {
        act,
        unitIds: [asset.unitId],
        date: clock.today(),
        actor,
        reformDocumentId: documentId,
        subject: { type: 'asset', id: asset.id },
        allowed: wasWrong ? 'correction' : null,
      },
      trx
    )
  }
}

export interface DisposalInput {
  assetId: number
  version: number
  /** By order of a court: that is always allowed and recorded. */
  byCourt: boolean
  reason: string
  documentId: number
}

/** Takes an asset off the register (处置) with its document. */
export async function disposeAsset(input: DisposalInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    // before anything is read: whoever divides the unit's assets comes before or after
    await client.from('assets').where('id', input.assetId).forUpdate().select('id')
    const before = await assetById(input.assetId, client)
    refuseDisposed(before)
    await refuseDivided(client, before)
    await freezePort.pass(
      {
        act: 'discipline.asset_disposal',
        unitIds: [before.unitId],
        date: clock.today(),
        reformDocumentId: input.documentId,
        subject: { type: 'asset', id: before.id },
        actor,
        allowed: input.byCourt ? 'court_order' : null,
      },
      client
    )
    await updateVersioned(client, 'assets', before.id, input.version, {
      state: 'disposed',
      disposed_on: clock.today(),
      document_id: input.documentId,
    })
    await write(client, actor, 'disposed', before.id, {
      state: [before.state, 'disposed'],
      reason: input.reason,
    })
  }, trx)
}

function refuseDisposed({ state, code }: AssetRow) {
  if (state === 'disposed') throw new DomainError('discipline.errors.asset_disposed', { code })
}

async function refuseDivided(trx: Trx, { id, code }: AssetRow) {
  const claim = await trx
    .from('divestiture_claims')
    .join('divestitures', 'divestitures.id', 'divestiture_claims.divestiture_id')
    .where('asset_id', id)
    .select('divestitures.number')
    .first()
  if (claim) {
    throw new DomainError('discipline.errors.asset_divided', { code, number: claim.number })
  }
}

function checkValues({ originalFen, netFen }: AssetFacts) {
  if (originalFen < 0) throw fieldError('original', 'value_below_zero')
  if (netFen < 0 || netFen > originalFen) throw fieldError('net', 'net_above_original')
}

const COLUMNS = {
  name: 'name',
  category: 'category',
  model: 'model',
  custodian: 'custodian',
  place: 'place',
  purpose: 'purpose',
  condition: 'condition_code',
  acquiredOn: 'acquired_on',
  originalFen: 'original_fen',
  netFen: 'net_fen',
} as const satisfies Record<keyof AssetFacts, string>
const FACTS = Object.keys(COLUMNS) as (keyof AssetFacts)[]

export function columnsOf(facts: AssetFacts): Row {
  return Object.fromEntries(FACTS.map((name) => [COLUMNS[name], facts[name]]))
}

function changesOf(before: AssetRow, after: AssetFacts): Row {
  return Object.fromEntries(
    FACTS.filter((name) => (before[name] ?? null) !== (after[name] ?? null)).map((name) => [
      COLUMNS[name],
      [before[name], after[name]],
    ])
  )
}

export function write(trx: Trx, actor: Actor, done: string, id: number, changes: Row) {
  const subject = { subjectType: 'asset', subjectId: id }
  return record(trx, actor, { action: `discipline.asset.${done}`, ...subject, changes })
}

function fieldError(field: string, name: string) {
  const code = `discipline.errors.${name}`
  return new DomainError(code, {}, [{ field, code }])
}
