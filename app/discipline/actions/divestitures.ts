import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
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
import { assetList } from '../queries/assets.js'
import {
  divestitureById,
  divestitureLines,
  unitsOfDivestiture,
  type DivestitureRow,
} from '../queries/divestitures.js'
import { refusePreparer } from './refuse_preparer.js'

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
    await lockAssets(client, input.fromUnitIds)
    const assets = (
      await Promise.all(input.fromUnitIds.map((unitId) => heldBy(client, unitId)))
    ).flat()
    if (assets.length === 0) throw new DomainError('discipline.errors.no_assets')
    const id = await insertRow(client, 'divestitures', {
      number: `new-${crypto.randomUUID()}`,
      title: input.title,
      centre_id: input.centreId,
      company_id: input.companyId,
      effective_on: input.effectiveOn,
      document_id: input.documentId,
      state: 'draft',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `BL${input.effectiveOn.slice(0, 4)}-${String(id).padStart(3, '0')}`
    await client.from('divestitures').where('id', id).update({ number })
    const lines = assets.map((asset) => ({
      divestiture_id: id,
      asset_id: asset.id,
      from_unit_id: asset.unitId,
      side: proposedSide(asset.purpose),
    }))
    await bulkInsert(client, 'divestiture_lines', lines)
    await claim(client, id)
    await writeDivestiture(client, actor, 'created', id, { number, assets: lines.length })
    return id
  }, trx)
}

/**
 * Whoever disposes of one of them, or ends its unit, comes before or after. Nothing is read before,
 * for MySQL shows a transaction the others' work as it was at its first plain read.
 */
async function lockAssets(trx: Trx, unitIds: number[]) {
  await trx.from('assets').whereIn('unit_id', unitIds).orderBy('id').forUpdate().select('id')
}

const heldBy = (trx: Trx, unitId: number) => assetList({ unitId, state: 'held', units: 'all' }, trx)

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

/**
 * Says for single assets where they go, with the reason when it is not as proposed; who says it has
 * prepared the division and does not approve it.
 */
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
    await updateVersioned(client, 'divestitures', row.id, input.version, {
      prepared_by: actor.userId,
    })
    for (const { lineId, side, reason } of input.lines) {
      await client
        .from('divestiture_lines')
        .where({ id: lineId, divestiture_id: row.id })
        .update({ side, reason })
    }
    await writeDivestiture(client, actor, 'sides_set', row.id, { lines: input.lines.length })
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

/** Every asset that the units hold is in it, and every asset in it is still held where it was. */
export async function checkWhole(trx: Trx, row: DivestitureRow) {
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

export async function askFreeze(trx: Trx, row: DivestitureRow, actor: Actor) {
  const { all } = await unitsOfDivestiture(row, trx)
  await freezePort.pass(
    {
      act: 'discipline.divestiture',
      unitIds: all,
      date: row.effectiveOn,
      actor,
      reformDocumentId: row.documentId,
      subject: { type: 'divestiture', id: row.id },
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
    await writeDivestiture(trx, actor, done, id, { comment: input.comment ?? null }, input.grant)
  }, outer)
}

/** An audit row of the division. */
export function writeDivestiture(
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
