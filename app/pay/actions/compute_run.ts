import { setImmediate } from 'node:timers/promises'
import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { sha256 } from '#shared/crypto'
import { affected, bulkInsert, inTransaction, toInt, type Row, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { enqueue } from '#shared/jobs/queue'
import type { JobProgress } from '#shared/jobs/registry'
import db from '@adonisjs/lucid/services/db'
import { RUN_MOVES } from '../domain/runs.js'
import type { PayLine } from '../domain/slip.js'
import { hashedText } from '../domain/trace_hash.js'
import { computeContext, type ComputeContext } from '../queries/compute_context.js'
import { slipsOf, type ComputedCase } from '../queries/compute_slips.js'
import { runCases, type RunCase, type RunCases } from '../queries/run_cases.js'
import { runById, type RunRow } from '../queries/runs.js'

export const COMPUTE_JOB = 'pay.compute'
/** People between two breaths: whoever opens a page meanwhile waits for no more than these. */
const CHUNK = 100

/** Queues the computing of a run, once for a version of it: a second click finds it under way. */
export async function requestCompute(
  input: { runId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const changed = await client
      .from('pay_runs')
      .where({ id: input.runId, version: input.version })
      .whereIn('state', [...RUN_MOVES.compute.from])
      .update({
        compute_no: client.raw('compute_no + 1'),
        stopped: null,
        version: input.version + 1,
        updated_at: clock.now(),
      })
    if (!affected(changed)) throw new MoveError({ id: input.runId, verb: 'compute' })
    const run = await runById(input.runId, client)
    await enqueue(client, {
      kind: COMPUTE_JOB,
      key: `${COMPUTE_JOB}:${run.id}:${run.computeNo}`,
      payload: { runId: run.id, computeNo: run.computeNo },
      createdBy: actor.userId,
    })
    await record(client, actor, {
      action: 'pay.run.compute_asked',
      subjectType: 'pay_run',
      subjectId: run.id,
      changes: { compute_no: run.computeNo },
    })
  }, trx)
}

/**
 * Computes everybody of a run. Slips are written in short transactions under the number of this
 * computation; nobody sees them until the last one puts the number on the run. Killed at any
 * moment and started again it begins anew and ends the same.
 */
export async function computeRun(
  { runId, computeNo }: { runId: number; computeNo: number },
  progress: (progress: JobProgress) => Promise<void> = async () => {}
): Promise<{ computed: boolean; people: number }> {
  const run = await runById(runId)
  if (run.computeNo !== computeNo || run.computedNo === computeNo) {
    // killed after the last write: what it should have dropped then is dropped now
    if (run.computedNo !== null) await dropSlips(runId, '<', run.computedNo)
    return { computed: false, people: run.people }
  }
  try {
    await dropSlips(runId, '>=', computeNo)
    const context = await computeContext(run)
    const all = await runCases(context)
    const total = all.people
    for (let from = 0; from < total; from += CHUNK) {
      await progress({ done: from, total })
      await writeSlips(context, computeNo, await all.slice(from, from + CHUNK))
      await setImmediate()
    }
    await finish(context, computeNo, all)
    await dropSlips(runId, '<', computeNo)
    await progress({ done: total, total })
    return { computed: true, people: total }
  } catch (error) {
    if (error instanceof DomainError) {
      await dropSlips(runId, '=', computeNo)
      await stop(run, computeNo, error)
    }
    throw error
  }
}

/** Slips of another computation, with their lines, a hundred at a time. */
async function dropSlips(runId: number, compare: '<' | '=' | '>=', computeNo: number) {
  for (;;) {
    const rows = await db
      .from('pay_slips')
      .where('run_id', runId)
      .where('compute_no', compare, computeNo)
      .limit(CHUNK)
      .select('id')
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => Number(id))
    await inTransaction(async (trx) => {
      await trx.from('pay_lines').whereIn('slip_id', ids).delete()
      await trx.from('pay_slips').whereIn('id', ids).delete()
    })
    await setImmediate()
  }
}

async function writeSlips(context: ComputeContext, computeNo: number, cases: RunCase[]) {
  const computed = await slipsOf(context, cases)
  const rows = computed.map((one) => slipRow(context.run, computeNo, one))
  await inTransaction(async (trx) => {
    await bulkInsert(trx, 'pay_slips', rows)
    const ids = await trx
      .from('pay_slips')
      .where({ run_id: context.run.id, compute_no: computeNo })
      .whereIn(
        'person_id',
        cases.map(({ personId }) => personId)
      )
      .select('id', 'person_id')
    const idOf = new Map(ids.map((row) => [Number(row.person_id), Number(row.id)]))
    const lines = computed.flatMap(({ one, slip }) =>
      slip.missing.length || one.missing.length
        ? []
        : slip.lines.map((line) => lineRow(idOf.get(one.personId)!, line))
    )
    await bulkInsert(trx, 'pay_lines', lines)
  })
}

function slipRow(run: RunRow, computeNo: number, { one, input, slip }: ComputedCase): Row {
  const missing = [...one.missing, ...slip.missing]
  const whole = missing.length === 0
  const inputs = JSON.stringify(input)
  const lines = whole
    ? slip.lines.map((line) => ({ ...line, trace: JSON.stringify(line.trace) }))
    : []
  const fen = (value: number) => (whole ? value : 0)
  return {
    ...{ run_id: run.id, compute_no: computeNo, person_id: one.personId },
    ...{ department_id: one.departmentId, department_name: one.departmentName },
    ...{ post_name: one.postName, nature: one.nature, grade: one.grade },
    state: whole ? 'computed' : 'missing',
    missing: whole ? null : JSON.stringify(missing),
    inputs,
    ...{ gross_fen: fen(slip.gross), deduction_fen: fen(slip.deduction), tax_fen: fen(slip.tax) },
    ...{ net_fen: fen(slip.net), employer_fen: fen(slip.employer), drawn_fen: fen(slip.drawn) },
    ...{ tax_income_fen: fen(slip.taxed.income), tax_exempt_fen: fen(slip.taxed.exempt) },
    tax_insurance_fen: fen(slip.taxed.insurance),
    ...{ tax_additional_fen: fen(slip.taxed.additional), tax_other_fen: 0 },
    tax_apart: input.apart,
    ...{ income_before_fen: input.before.income, withheld_before_fen: input.before.withheld },
    hash: sha256(hashedText(inputs, lines)),
    account_sealed: one.base?.accountSealed ?? null,
    account_masked: one.base?.accountMasked ?? null,
    ...{ payment: 'none', answer_state: 'open', version: 1, created_at: clock.now() },
  }
}

function lineRow(slipId: number, line: PayLine): Row {
  return {
    ...{ slip_id: slipId, order_no: line.orderNo, code: line.code, name: line.name },
    ...{ side: line.side, amount_fen: line.amountFen, item_id: line.itemId },
    ...{ difference_id: line.differenceId, trace: JSON.stringify(line.trace) },
  }
}

/** The sums of what was written, and the reconciliation of an incentive run, to the fen. */
async function finish(context: ComputeContext, computeNo: number, all: RunCases) {
  const { run } = context
  const { distribution, leadersFen } = all
  await inTransaction(async (trx) => {
    const query = trx.from('pay_slips').where({ run_id: run.id, compute_no: computeNo })
    for (const name of SUMS) query.sum(`${name}_fen as ${name}`)
    const [sums] = await query.count('* as people')
    if (toInt(sums.people) !== all.people) throw new Error('slips are not as many as people')
    await reconcile(trx, run, computeNo, all)
    const departments = [...(distribution?.departments ?? [])].map(([id, fen]) => [id ?? 0, fen])
    const settings = {
      ...run.settings,
      rules: context.rules,
      recoveryFloorFen: context.recoveryFloorFen,
      departments: Object.fromEntries(departments),
    }
    const changed = await trx
      .from('pay_runs')
      .where({ id: run.id, compute_no: computeNo })
      .whereIn('state', [...RUN_MOVES.compute.from])
      .update({
        ...Object.fromEntries(SUMS.map((name) => [`${name}_fen`, toInt(sums[name])])),
        ...{ people: all.people, leaders_fen: leadersFen },
        ...{ reserve_fen: distribution?.reserveFen ?? 0, settings: JSON.stringify(settings) },
        ...{ computed_no: computeNo, computed_at: clock.now(), state: RUN_MOVES.compute.to },
        ...{ checked_by: null, approved_by: null, stopped: null, comment: null },
        ...{ version: trx.raw('version + 1'), updated_at: clock.now() },
      })
    if (!affected(changed)) throw new MoveError({ id: run.id, verb: 'compute' })
    await record(trx, Actor.system(), {
      action: 'pay.run.computed',
      subjectType: 'pay_run',
      subjectId: run.id,
      changes: { compute_no: computeNo, people: all.people },
    })
  })
}

const SUMS = ['gross', 'deduction', 'tax', 'net', 'employer', 'drawn'] as const

/** People + reserve + leaders = departments + reserve + leaders = what is shared out. */
async function reconcile(trx: Trx, run: RunRow, computeNo: number, all: RunCases) {
  const { distribution, leadersFen } = all
  if (!distribution) return
  const [{ fen }] = await trx
    .from('pay_lines as l')
    .join('pay_slips as s', 's.id', 'l.slip_id')
    .where({ 's.run_id': run.id, 's.compute_no': computeNo })
    .whereIn('l.code', ['incentive', 'leader'])
    .sum('l.amount_fen as fen')
  const people = toInt(fen)
  const departments = [...distribution.departments.values()].reduce((a, b) => a + b, 0)
  const whole = distribution.poolFen + leadersFen
  if (
    people + distribution.reserveFen !== whole ||
    departments + distribution.reserveFen + leadersFen !== whole
  ) {
    throw new DomainError('pay.errors.not_reconciled')
  }
}

/** An expected stop is kept on the run, by name; the others go on. */
async function stop(run: RunRow, computeNo: number, error: DomainError) {
  await inTransaction(async (trx) => {
    const changed = await trx
      .from('pay_runs')
      .where({ id: run.id, compute_no: computeNo })
      .update({ stopped: JSON.stringify({ key: error.key, params: error.params }) })
    if (!affected(changed)) return
    await record(trx, Actor.system(), {
      action: 'pay.run.stopped',
      subjectType: 'pay_run',
      subjectId: run.id,
      changes: { compute_no: computeNo, reason: error.key },
    })
  })
}
