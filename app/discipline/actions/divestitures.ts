import { record } from '#audit/actions/record'
import { sealEvents, type AuditHead } from '#audit/actions/seal'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import { unitsByIds } from '#organization/queries/units'
import type { ActiveGrant, Actor } from '#shared/actor'
import { certificateJson, sealDivestiture } from '#shared/certificates/seal'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  inChunks,
  insertRow,
  inTransaction,
  isUniqueViolation,
  toInt,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import { moveState } from '#shared/transitions'
import {
  DIVESTITURE_MOVES,
  proposedSide,
  type DivestitureVerb,
  type Side,
} from '../domain/assets.js'
import { divisionRows } from '../domain/division.js'
import { assetList } from '../queries/assets.js'
import {
  divestitureById,
  divestitureLines,
  holdingsOf,
  target,
  unitsOfDivestiture,
  type DivestitureRow,
} from '../queries/divestitures.js'

export interface DivestitureInput {
  title: string
  fromUnitIds: number[]
  centreId: number
  companyId: number
  effectiveOn: string
  documentId: number
}

/**
 * Prepares a division of all assets that the units hold: commercial ones are proposed for the
 * company, the others for the centre. No asset stands in two divisions. Returns its id.
 */
export async function createDivestiture(
  input: DivestitureInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    if (input.centreId === input.companyId) throw fieldError('company_id', 'two_units')
    for (const id of [input.centreId, input.companyId]) {
      await assertUnitAlive(client, id, input.effectiveOn)
    }
    const assets = (
      await Promise.all(input.fromUnitIds.map((unitId) => heldBy(client, unitId)))
    ).flat()
    if (assets.length === 0) throw new DomainError('discipline.errors.no_assets')
    const id = await insertRow(client, 'divestitures', {
      number: `new-${crypto.randomUUID()}`,
      ...{ title: input.title, centre_id: input.centreId, company_id: input.companyId },
      ...{ effective_on: input.effectiveOn, document_id: input.documentId, state: 'draft' },
      ...{ prepared_by: actor.userId, version: 1, created_at: clock.now() },
    })
    const number = `BL${input.effectiveOn.slice(0, 4)}-${String(id).padStart(3, '0')}`
    await client.from('divestitures').where('id', id).update({ number })
    const lines = assets.map((asset) => ({
      ...{ divestiture_id: id, asset_id: asset.id, from_unit_id: asset.unitId },
      side: proposedSide(asset.purpose),
    }))
    await bulkInsert(client, 'divestiture_lines', lines)
    await claim(client, id)
    await write(client, actor, 'created', id, { number, assets: lines.length })
    return id
  }, trx)
}

const heldBy = (trx: Trx, unitId: number) =>
  assetList({ unitId, state: 'held', units: 'all' }, 50_000, trx)

async function claim(trx: Trx, id: number) {
  const lines = await trx.from('divestiture_lines').where('divestiture_id', id).select('asset_id')
  const rows = lines.map((line) => ({ asset_id: Number(line.asset_id), divestiture_id: id }))
  try {
    await bulkInsert(trx, 'divestiture_claims', rows)
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('discipline.errors.divided_elsewhere')
    throw error
  }
}

/** Says for single assets where they go, with the reason when it is not as proposed. */
export async function setSides(
  input: {
    divestitureId: number
    version: number
    lines: { lineId: number; side: Side; reason: string | null }[]
  },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const row = await divestitureById(input.divestitureId, client)
    if (row.state !== 'draft' && row.state !== 'returned') {
      throw new MoveError({ id: row.id, verb: 'edit' })
    }
    await updateVersioned(client, 'divestitures', row.id, input.version, {})
    for (const { lineId, side, reason } of input.lines) {
      await client
        .from('divestiture_lines')
        .where({ id: lineId, divestiture_id: row.id })
        .update({ side, reason })
    }
    await write(client, actor, 'sides_set', row.id, { lines: input.lines.length })
  }, trx)
}

export interface MoveInput {
  divestitureId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** Hands the division in; everything that the units hold must stand in it. */
export function submitDivestiture(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'submit', 'submitted', actor, trx, async (client, row) => {
    await checkWhole(client, row)
    await askFreeze(client, row, actor)
  })
}

/** The leading group's office; never who prepared it. */
export function approveDivestiture(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'approve', 'approved', actor, trx, async (_client, row) =>
    refusePreparer(row, actor, input.grant)
  )
}

export function returnDivestiture(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'return', 'returned', actor, trx, async (_client, row) =>
    refusePreparer(row, actor, input.grant)
  )
}

export function withdrawDivestiture(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'withdraw', 'withdrawn', actor, trx, async (client, row) => {
    await client.from('divestiture_claims').where('divestiture_id', row.id).delete()
  })
}

/**
 * Carries the division out in one transaction, on its day or after: every asset goes to its side,
 * and the certificate says that pieces and values are as many after it as before, or nothing moves.
 */
export async function executeDivestiture(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const row = await divestitureById(input.divestitureId, client)
    if (row.state === 'executed') return
    if (row.effectiveOn > clock.today()) {
      throw new DomainError('discipline.errors.too_early', { date: row.effectiveOn })
    }
    const versioned = { id: row.id, version: input.version }
    await moveState(client, 'divestitures', versioned, DIVESTITURE_MOVES, 'execute', {
      executed_at: clock.now(),
    })
    await checkWhole(client, row)
    await askFreeze(client, row, actor)
    const { all } = await unitsOfDivestiture(row, client)
    const before = await holdingsOf(all, client)
    await moveAssets(client, row)
    await client.from('divestiture_claims').where('divestiture_id', row.id).delete()
    const after = await holdingsOf(all, client)
    await write(client, actor, 'executed', row.id, { effective_on: row.effectiveOn }, input.grant)
    const head = await sealEvents(client)
    await certify(client, row, { all, before, after, head })
  }, trx)
}

async function moveAssets(trx: Trx, row: DivestitureRow) {
  const lines = await divestitureLines(row.id, trx)
  for (const side of ['centre', 'company'] as const) {
    const ids = lines.filter((line) => line.side === side).map(({ assetId }) => assetId)
    const to = target(row, { side })
    await inChunks(ids, 400, async (piece) => {
      await trx
        .from('assets')
        .whereIn('id', piece)
        .update({ unit_id: to, version: trx.raw('version + 1'), updated_at: clock.now() })
      return []
    })
  }
}

async function certify(
  trx: Trx,
  row: DivestitureRow,
  facts: {
    all: number[]
    before: Awaited<ReturnType<typeof holdingsOf>>
    after: Awaited<ReturnType<typeof holdingsOf>>
    head: AuditHead
  }
) {
  const units = await unitsByIds(facts.all, trx)
  const certificate = sealDivestiture({
    batch: {
      ...{ number: row.number, title: row.title },
      ...{ documentNo: row.documentNo, effectiveDate: row.effectiveOn },
    },
    rows: divisionRows(
      facts.all.map((id) => units.get(id)!),
      facts.before,
      facts.after
    ),
    auditHead: { seq: facts.head.sequence, hash: facts.head.hash },
  })
  const id = await insertRow(trx, 'certificates', {
    ...{ kind: certificate.kind, subject_type: 'divestiture', subject_id: row.id },
    ...{ body: certificateJson(certificate), hash: certificate.hash },
    ...{ audit_sequence: facts.head.sequence, audit_hash: facts.head.hash },
    created_at: clock.now(),
  })
  await trx.from('divestitures').where('id', row.id).update({ certificate_id: id })
}

/** Every asset that the units hold is in it, and every asset in it is still held where it was. */
async function checkWhole(trx: Trx, row: DivestitureRow) {
  const lines = await divestitureLines(row.id, trx)
  const { from } = await unitsOfDivestiture(row, trx)
  const held = await trx
    .from('assets')
    .whereIn('unit_id', from)
    .where('state', 'held')
    .count('* as total')
    .first()
  const moved = lines.filter(({ unitId, fromUnitId }) => unitId !== fromUnitId)
  const stands = await trx
    .from('divestiture_lines')
    .join('assets', 'assets.id', 'divestiture_lines.asset_id')
    .where({ 'divestiture_id': row.id, 'assets.state': 'held' })
    .count('* as total')
    .first()
  const whole = toInt(held.total) === lines.length && toInt(stands.total) === lines.length
  if (moved.length > 0 || !whole) {
    throw new DomainError('discipline.errors.not_whole', {
      held: toInt(held.total),
      lines: lines.length,
    })
  }
}

async function askFreeze(trx: Trx, row: DivestitureRow, actor: Actor) {
  const { all } = await unitsOfDivestiture(row, trx)
  await freezePort.pass(
    {
      ...{ act: 'discipline.divestiture', unitIds: all, date: row.effectiveOn, actor },
      ...{ reformDocumentId: row.documentId, subject: { type: 'divestiture', id: row.id } },
    },
    trx
  )
}

async function move(
  input: MoveInput,
  verb: Exclude<DivestitureVerb, 'execute'>,
  done: string,
  actor: Actor,
  outer: Trx | undefined,
  prepare: (trx: Trx, row: DivestitureRow) => Promise<unknown>
) {
  await inTransaction(async (trx) => {
    const row = await divestitureById(input.divestitureId, trx)
    await prepare(trx, row)
    const decided =
      verb === 'approve' || verb === 'return'
        ? { decided_by: actor.userId, comment: input.comment ?? null }
        : {}
    const { divestitureId: id, version } = input
    await moveState(trx, 'divestitures', { id, version }, DIVESTITURE_MOVES, verb, decided)
    await write(trx, actor, done, id, { comment: input.comment ?? null }, input.grant)
  }, outer)
}

function refusePreparer(row: DivestitureRow, actor: Actor, grant?: ActiveGrant | null) {
  if (row.preparedBy === null) return
  if ([actor.userId, grant?.onBehalfOf?.userId].includes(row.preparedBy)) {
    throw new DomainError('discipline.errors.same_person')
  }
}

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  id: number,
  changes: Row,
  grant?: ActiveGrant | null
) {
  const subject = { subjectType: 'divestiture', subjectId: id }
  return record(trx, actor, {
    action: `discipline.divestiture.${done}`,
    ...subject,
    changes,
    grant,
  })
}

function fieldError(field: string, name: string) {
  const code = `discipline.errors.${name}`
  return new DomainError(code, {}, [{ field, code }])
}
