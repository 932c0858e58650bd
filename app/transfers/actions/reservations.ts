import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { giveBackSeats } from '#organization/actions/quota/give_back'
import { postMovement } from '#organization/actions/quota/post_movement'
import { lockedBalances } from '#organization/actions/quota/seats'
import type { QuotaBalances } from '#organization/domain/quota_accounts'
import { needsSeat, type TransferLine } from '../domain/lines.js'
import { sourceReservation, targetReservation, type LedgerMovement } from '../domain/movements.js'
import type { BatchRow } from '../queries/batches.js'

/**
 * Takes for a batch what it needs until it is executed: the claim on each assignment (a unique key:
 * one batch under way at a time), vacant seats at the sources, vacancies at the targets.
 * Throws transfers.errors.claimed or organization.errors.no_room; nothing is left then.
 */
export async function takeReservations(
  trx: Trx,
  actor: Actor,
  batch: BatchRow,
  round: number,
  lines: readonly TransferLine[]
): Promise<void> {
  await claimAssignments(trx, batch, lines)
  const reserve: LedgerMovement = { kind: 'reserve', entries: sourceReservation(lines) }
  const movements = [reserve, ...(await atTargets(trx, lines))]
  for (const [index, { kind, entries }] of movements.entries()) {
    if (entries.length === 0) continue
    await postMovement(trx, actor, {
      key: `transfers:${batch.id}:${round}:reserve:${index}`,
      kind,
      effectiveOn: clock.today(),
      documentId: batch.documentId,
      reason: batch.number,
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      entries,
    })
  }
}

async function claimAssignments(trx: Trx, batch: BatchRow, lines: readonly TransferLine[]) {
  const ids = lines.map(({ assignmentId }) => assignmentId).filter((id) => id !== null)
  try {
    await bulkInsert(
      trx,
      'transfer_claims',
      ids.map((id) => ({ assignment_id: id, batch_id: batch.id, claimed_at: clock.now() }))
    )
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('transfers.errors.claimed', await claimedBy(trx, batch.id))
  }
}

/** The first person that another batch has claimed. */
async function claimedBy(trx: Trx, batchId: number) {
  const row = await trx
    .from('transfer_lines as l')
    .join('transfer_claims as c', 'c.assignment_id', 'l.assignment_id')
    .join('transfer_batches as b', 'b.id', 'c.batch_id')
    .join('persons as p', 'p.id', 'l.person_id')
    .where('l.batch_id', batchId)
    .whereNot('c.batch_id', batchId)
    .select('p.name', 'b.number')
    .first()
  return { name: row?.name ?? '–', number: row?.number ?? '–' }
}

async function atTargets(trx: Trx, lines: readonly TransferLine[]): Promise<LedgerMovement[]> {
  const waiting = lines.filter(needsSeat)
  if (waiting.length === 0) return []
  const plan = targetReservation(waiting, await lockedAt(trx, waiting))
  if (plan.ok) return plan.movements
  const unit = await trx.from('units').where('id', plan.unitId).firstOrFail()
  throw new DomainError('organization.errors.no_room', {
    unit: unit.name,
    funding: plan.funding,
    category: plan.category,
    account: 'vacant',
    wanted: 1,
    vacant: plan.room,
  })
}

/** Balances of the targets, locked until the end: the plan holds until it is posted. */
async function lockedAt(trx: Trx, lines: readonly TransferLine[]): Promise<QuotaBalances> {
  const places = new Map(
    lines.map(({ toUnitId, fundingType }) => [
      `${toUnitId}/${fundingType}`,
      { toUnitId, fundingType },
    ])
  )
  const balances = new Map<string, number>()
  for (const { toUnitId, fundingType } of places.values()) {
    for (const [key, seats] of await lockedBalances(trx, toUnitId, fundingType!)) {
      balances.set(key, seats)
    }
  }
  return balances
}

/** Gives everything back that the batch holds now; asked again it finds nothing to give. */
export async function giveBack(trx: Trx, actor: Actor, batch: BatchRow): Promise<void> {
  await trx.from('transfer_claims').where('batch_id', batch.id).delete()
  await giveBackSeats(trx, actor, {
    key: `transfers:${batch.id}:${batch.line?.round ?? 0}:release`,
    documentId: batch.documentId,
    reason: batch.number,
    subjectType: 'transfer_batch',
    subjectId: batch.id,
  })
}
