import { record, sensitive } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  affected,
  bulkInsert,
  insertRow,
  inTransaction,
  readTooEarly,
  type Row,
  type Trx,
  updateVersioned,
} from '#shared/database'
import { DomainError, ForbiddenError, MoveError, refusing, type Refuse } from '#shared/errors'
import { PAYMENT_MOVES, RELEASED, RUN_MOVES } from '../domain/runs.js'
import { runById, type RunRow } from '../queries/runs.js'
import { slipById, type SlipRow } from '../queries/slips.js'
import { refuseOwn } from './refuse_own.js'
import { layHand } from './run_hands.js'

const refuse: Refuse = refusing('pay')

/**
 * Sets one person aside, by reason: paid by a further run of the same period. An incentive run keeps
 * an amount back for that, which may be nothing; the others have to be computed again without it.
 */
export async function setAside(
  input: { slipId: number; version: number; reason: string; keptFen?: number | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const slip = await slipById(input.slipId, client)
    const run = await runById(slip.runId, client)
    if (run.state !== 'computed') throw new MoveError({ id: run.id, verb: 'set_aside' })
    refuseOwn(slip.personId, actor)
    if (slip.state !== 'missing') throw new DomainError('pay.errors.nothing_missing')
    const keptFen = run.kind === 'incentive' ? input.keptFen : 0
    if (keptFen === undefined || keptFen === null) return refuse('keptFen', 'kept_missing')
    if (keptFen < 0) refuse('keptFen', 'amount')
    await takeRun(client, run, keptFen > 0 ? { compute_no: run.computeNo + 1 } : {})
    await layHand(client, run.id, actor)
    if (run.kind === 'incentive') await keepShare(client, slip, { ...input, keptFen }, actor)
    await updateVersioned(client, 'pay_slips', slip.id, input.version, {
      state: 'set_aside',
      reason: input.reason,
    })
    const changes = { reason: input.reason, ...(keptFen > 0 && { kept: sensitive(keptFen) }) }
    await write(client, actor, 'set_aside', slip.id, changes)
  }, trx)
}

async function keepShare(
  trx: Trx,
  { runId, personId }: SlipRow,
  input: { keptFen: number; reason: string },
  actor: Actor
) {
  await trx.from('pay_kept_shares').where({ run_id: runId, person_id: personId }).delete()
  await insertRow(trx, 'pay_kept_shares', {
    run_id: runId,
    person_id: personId,
    amount_fen: input.keptFen,
    reason: input.reason,
    actor_id: actor.userId,
    recorded_at: clock.now(),
  })
}

/**
 * Enters the amount of a leader, by the supervising body's document. What was computed, or is being
 * computed, has another one in it: the run is computed again before it is checked.
 */
export async function setLeaderAmount(
  input: { runId: number; personId: number; amountFen: number; documentId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    if (run.kind !== 'incentive' || !RUN_MOVES.compute.from.includes(run.state)) {
      throw new MoveError({ id: run.id, verb: 'leader' })
    }
    refuseOwn(input.personId, actor)
    if (input.amountFen < 0) throw new DomainError('pay.errors.amount')
    const key = { run_id: input.runId, person_id: input.personId }
    await takeRun(client, run, { compute_no: run.computeNo + 1 })
    await layHand(client, run.id, actor)
    await client.from('pay_leader_amounts').where(key).delete()
    await insertRow(client, 'pay_leader_amounts', {
      ...key,
      amount_fen: input.amountFen,
      document_id: input.documentId,
      actor_id: actor.userId,
      recorded_at: clock.now(),
    })
    await record(client, actor, {
      action: 'pay.run.leader_amount',
      subjectType: 'pay_run',
      subjectId: run.id,
      changes: { person_id: input.personId, document_id: input.documentId },
    })
  }, trx)
}

/** Moves the version of a run on, so that it is not decided meanwhile by what it was. */
async function takeRun(trx: Trx, run: RunRow, values: Row = {}) {
  const changed = await trx
    .from('pay_runs')
    .where({ id: run.id, version: run.version })
    .update({ ...values, version: run.version + 1, updated_at: clock.now() })
  if (!affected(changed)) throw readTooEarly()
}

/** The owner says that the slip is right. */
export async function confirmSlip(
  input: { slipId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await answerable(input, actor, { answer_state: 'confirmed' }, 'confirmed', trx)
}

/** The owner objects until the deadline; the pay officer answers. */
export async function objectToSlip(
  input: { slipId: number; version: number; text: string },
  actor: Actor,
  trx?: Trx
) {
  const values = { answer_state: 'objected', objection: input.text }
  await answerable(input, actor, values, 'objected', trx)
}

async function answerable(
  input: { slipId: number; version: number },
  actor: Actor,
  values: Row,
  done: string,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const slip = await slipById(input.slipId, client)
    const run = await runById(slip.runId, client)
    if (
      slip.state !== 'computed' ||
      !RELEASED.includes(run.state) ||
      !['open', 'confirmed'].includes(slip.answerState)
    ) {
      throw new MoveError({ id: slip.id, verb: done })
    }
    if (run.objectionsUntil && clock.today() > run.objectionsUntil) {
      throw new DomainError('pay.errors.too_late', { until: run.objectionsUntil })
    }
    await updateVersioned(client, 'pay_slips', slip.id, input.version, values)
    await write(client, actor, done, slip.id, {})
  }, trx)
}

export async function answerSlip(
  input: { slipId: number; version: number; text: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const slip = await slipById(input.slipId, client)
    if (actor.isSelf(slip.personId)) throw new ForbiddenError('pay.answer')
    if (slip.answerState !== 'objected') throw new MoveError({ id: slip.id, verb: 'answer' })
    await updateVersioned(client, 'pay_slips', slip.id, input.version, {
      answer_state: 'answered',
      answer: input.text,
      answered_by: actor.userId,
    })
    await write(client, actor, 'answered', slip.id, {})
  }, trx)
}

/** What the bank says of one transfer: it came back, it was paid again. */
export async function moveSlipPayment(
  input: { slipId: number; verb: 'return' | 'repay'; note: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const { from, to } = PAYMENT_MOVES[input.verb]
    const changed = await client
      .from('pay_slips')
      .where({ id: input.slipId, payment: from })
      .update({ payment: to, payment_note: input.note, version: client.raw('version + 1') })
    if (!affected(changed)) throw new MoveError({ id: input.slipId, verb: input.verb })
    await write(client, actor, to, input.slipId, { note: input.note })
  }, trx)
}

const VIEWS_AT_ONCE = 5_000

/** Who looked at slips: written before anything is shown. */
export async function noteViews(
  slipIds: readonly number[],
  surface: 'page' | 'pdf' | 'batch' | 'register' | 'bank',
  actor: Actor
) {
  const seen = { user_id: actor.userId, user_name: actor.name, surface, seen_at: clock.now() }
  for (let from = 0; from < slipIds.length; from += VIEWS_AT_ONCE) {
    const ids = slipIds.slice(from, from + VIEWS_AT_ONCE)
    const rows = ids.map((id) => ({ slip_id: id, ...seen }))
    await inTransaction((trx) => bulkInsert(trx, 'payslip_views', rows))
  }
}

function write(trx: Trx, actor: Actor, done: string, id: number, changes: Row) {
  return record(trx, actor, {
    action: `pay.slip.${done}`,
    subjectType: 'pay_slip',
    subjectId: id,
    changes,
  })
}
