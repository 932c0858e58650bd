import { sealEvents, type AuditHead } from '#audit/actions/seal'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import { unitsByIds } from '#organization/queries/units'
import type { Actor } from '#shared/actor'
import { certificateJson, sealDivestiture } from '#shared/certificates/seal'
import { clock } from '#shared/clock'
import { inChunks, insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { DIVESTITURE_MOVES } from '../domain/assets.js'
import { divisionRows } from '../domain/division.js'
import {
  divestitureById,
  divestitureLines,
  holdingsOf,
  target,
  unitsOfDivestiture,
  type DivestitureRow,
} from '../queries/divestitures.js'
import { askFreeze, checkWhole, writeDivestiture, type MoveInput } from './divestitures.js'

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
    for (const id of [row.centreId, row.companyId]) {
      await assertUnitAlive(client, id, clock.today())
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
    await writeDivestiture(
      client,
      actor,
      'executed',
      row.id,
      { effective_on: row.effectiveOn },
      input.grant
    )
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
      number: row.number,
      title: row.title,
      documentNo: row.documentNo,
      effectiveDate: row.effectiveOn,
    },
    rows: divisionRows(
      facts.all.map((id) => units.get(id)!),
      facts.before,
      facts.after
    ),
    auditHead: { seq: facts.head.sequence, hash: facts.head.hash },
  })
  const id = await insertRow(trx, 'certificates', {
    kind: certificate.kind,
    subject_type: 'divestiture',
    subject_id: row.id,
    body: certificateJson(certificate),
    hash: certificate.hash,
    audit_sequence: facts.head.sequence,
    audit_hash: facts.head.hash,
    created_at: clock.now(),
  })
  await trx.from('divestitures').where('id', row.id).update({ certificate_id: id })
}
