import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import {
  affected,
  bulkInsert,
  inTransaction,
  isUniqueViolation,
  toInt,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { formatFen } from '#shared/money'
import { moveState } from '#shared/transitions'
import { monthsTaken, RUN_MOVES, type RunVerb } from '../domain/runs.js'
import { runById, type RunRow } from '../queries/runs.js'
import { allotmentById, allotmentsFor } from '../queries/allotments.js'
import { layHand, refuseHands } from './run_hands.js'

export interface RunMove {
  runId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** Everybody is computed or set aside one by one: the run goes to the head of finance. */
export async function checkRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    if (run.computedNo !== run.computeNo) throw new DomainError('pay.errors.compute_open')
    await refuseMissing(client, run)
    await layHand(client, run.id, actor)
    await move(client, run, input, 'check', actor, { checked_by: actor.userId })
  }, trx)
}

/**
 * Approves: draws on the allotment by one guarded UPDATE, and takes the months of each person, which
 * the unique key gives to one run of a kind alone.
 */
export async function approveRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    await refuseHands(client, run.id, actor, input.grant)
    await refuseMissing(client, run)
    const allotmentId = await draw(client, run)
    await takeMonths(client, run)
    const values = { approved_by: actor.userId, allotment_id: allotmentId }
    await move(client, run, input, 'approve', actor, values)
  }, trx)
}

/** The bank has the file: every computed slip counts as paid until the bank says otherwise. */
export async function payRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    await slipsIn(client, run).where('net_fen', '>', 0).update({ payment: 'paid' })
    await move(client, run, input, 'pay', actor)
  }, trx)
}

/** Sends it back to who prepared it; what was drawn and taken goes back with it. */
export async function returnRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    await refuseHands(client, run.id, actor, input.grant)
    const values = { comment: input.comment ?? null, approved_by: null, checked_by: null }
    // before anything is given back: of two at once only one does
    await move(client, run, input, 'return', actor, values)
    if (run.state === 'approved') await giveBack(client, run)
  }, trx)
}

async function giveBack(trx: Trx, run: RunRow) {
  if (run.allotmentId) {
    await trx
      .from('pay_allotments')
      .where('id', run.allotmentId)
      .update({ used_fen: trx.raw('used_fen - ?', [run.drawnFen]) })
  }
  await trx.from('pay_months').where('run_id', run.id).delete()
}

export async function cancelRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    const values = { comment: input.comment ?? null, computed_no: null }
    await move(client, run, input, 'cancel', actor, values)
  }, trx)
}

/** Makes one move of a run, with its audit row. */
export async function move(
  trx: Trx,
  run: RunRow,
  input: RunMove,
  verb: RunVerb,
  actor: Actor,
  values: Row = {}
) {
  const to = await moveState(
    trx,
    'pay_runs',
    { id: run.id, version: input.version },
    RUN_MOVES,
    verb,
    values
  )
  await record(trx, actor, {
    action: `pay.run.${verb}`,
    subjectType: 'pay_run',
    subjectId: run.id,
    changes: { state: [run.state, to], comment: input.comment ?? null },
    grant: input.grant,
  })
}

export function slipsIn(trx: Trx, run: RunRow) {
  return trx
    .from('pay_slips')
    .where({ run_id: run.id, compute_no: run.computedNo ?? -1, state: 'computed' })
}

async function refuseMissing(trx: Trx, run: RunRow) {
  const [{ count }] = await trx
    .from('pay_slips')
    .where({ run_id: run.id, compute_no: run.computedNo ?? -1, state: 'missing' })
    .count('* as count')
  if (toInt(count) > 0) throw new DomainError('pay.errors.missing_people', { count: toInt(count) })
}

async function draw(trx: Trx, run: RunRow): Promise<number | null> {
  if (run.drawnFen === 0) return run.allotmentId
  const candidates = run.allotmentId
    ? [await allotmentById(run.allotmentId, trx)]
    : await allotmentsFor(run, trx)
  for (const { id } of candidates) {
    const changed = await trx
      .from('pay_allotments')
      .where({ id, state: 'released' })
      .whereRaw('used_fen + ? between 0 and amount_fen', [run.drawnFen])
      .update({ used_fen: trx.raw('used_fen + ?', [run.drawnFen]) })
    if (affected(changed)) return id
  }
  const room = candidates.reduce((most, one) => Math.max(most, one.amountFen - one.usedFen), 0)
  throw new DomainError(
    candidates.length ? 'pay.errors.allotment_exceeded' : 'pay.errors.no_allotment',
    {
      wanted: formatFen(run.drawnFen),
      room: formatFen(room),
    }
  )
}

async function takeMonths(trx: Trx, run: RunRow) {
  const slips = await slipsIn(trx, run).orderBy('person_id').select('person_id')
  const rows = slips.flatMap((row) =>
    monthsTaken(run).map((month) => ({
      person_id: Number(row.person_id),
      kind: run.kind,
      month,
      run_id: run.id,
    }))
  )
  try {
    await bulkInsert(trx, 'pay_months', rows)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('pay.errors.month_taken', { month: run.monthTo })
  }
}
