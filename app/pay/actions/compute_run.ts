import { setImmediate } from 'node:timers/promises'
import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction, toInt, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { enqueue } from '#shared/jobs/queue'
import type { JobProgress } from '#shared/jobs/registry'
import { RUN_MOVES } from '../domain/runs.js'
import { computeContext, type ComputeContext } from '../queries/compute_context.js'
import { runCases, type RunCases } from '../queries/run_cases.js'
import { COMPUTE_JOB } from '../queries/run_progress.js'
import { runById, type RunRow } from '../queries/runs.js'
import { layHand } from './run_hands.js'
import { CHUNK, dropSlips, writeSlips } from './write_slips.js'

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
    await layHand(client, run.id, actor)
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

/** The sums of what was written, and the reconciliation of an incentive run, to the fen. */
async function finish(context: ComputeContext, computeNo: number, all: RunCases) {
  const { run } = context
  const { distribution, leadersFen, keptFen } = all
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
        people: all.people,
        leaders_fen: leadersFen,
        kept_fen: keptFen,
        reserve_fen: distribution?.reserveFen ?? 0,
        settings: JSON.stringify(settings),
        computed_no: computeNo,
        computed_at: clock.now(),
        state: RUN_MOVES.compute.to,
        checked_by: null,
        approved_by: null,
        stopped: null,
        comment: null,
        version: trx.raw('version + 1'),
        updated_at: clock.now(),
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

/** People + reserve + kept = departments + reserve + leaders + kept = what there is to give. */
async function reconcile(trx: Trx, run: RunRow, computeNo: number, all: RunCases) {
  const { distribution, leadersFen, keptFen, wholeFen } = all
  if (!distribution) return
  const [{ fen }] = await trx
    .from('pay_lines as l')
    .join('pay_slips as s', 's.id', 'l.slip_id')
    .where({ 's.run_id': run.id, 's.compute_no': computeNo })
    .whereIn('l.code', ['incentive', 'leader'])
    .sum('l.amount_fen as fen')
  const people = toInt(fen)
  const departments = [...distribution.departments.values()].reduce((a, b) => a + b, 0)
  const left = distribution.reserveFen + keptFen
  if (people + left !== wholeFen || departments + leadersFen + left !== wholeFen) {
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
