import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
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
import { freezePort } from '#shared/ports/freeze'
import { moveState } from '#shared/transitions'
import { allowedAs, RUN_MOVES, type RunVerb } from '../domain/runs.js'
import { payRulesOn } from '../queries/configuration.js'
import { runById, type RunRow } from '../queries/runs.js'
import { taxBefore, taxedApart } from '../queries/tax_before.js'
import { allotmentById, allotmentsFor } from '../queries/totals.js'
import { wageBasesOn } from '../queries/wage_bases.js'
import { PART_OF } from './create_run.js'
import { settleDifferences } from './differences.js'
import { refuseAuthor } from './totals.js'

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
    await move(client, run, input, 'check', actor, { checked_by: actor.userId })
  }, trx)
}

/**
 * Approves: draws on the allotment by one guarded UPDATE, and takes the month of each person, which
 * the unique key gives to one run alone.
 */
export async function approveRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    refuseAuthor(run.preparedBy, actor, input.grant)
    await refuseMissing(client, run)
    const allotmentId = await draw(client, run)
    if (run.kind === 'monthly') await takeMonths(client, run)
    const values = { approved_by: actor.userId, allotment_id: allotmentId }
    await move(client, run, input, 'approve', actor, values)
  }, trx)
}

/**
 * Releases: a third person; the year's tax figures must be those that were computed with. Slips are
 * shown to their owners, differences are settled.
 */
export async function releaseRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    refuseAuthor(run.preparedBy, actor, input.grant)
    refuseAuthor(run.approvedBy, actor, input.grant)
    const rules = await payRulesOn(clock.today(), client)
    // the unit's row is the lock under which runs of one agent are released one after the other
    await client
      .from('units')
      .where('id', run.unitId)
      .update({ name: client.raw('name') })
    await askFreeze(client, run, actor)
    const slips = await computedSlips(client, run)
    await refuseStaleTax(client, run, slips)
    await fillAccounts(client, slips)
    await settleDifferences(client, run, input.version)
    await move(client, run, input, 'release', actor, {
      released_by: actor.userId,
      released_at: clock.now(),
      objections_until: addDays(clock.today(), rules.value.objectionDays),
    })
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
    refuseAuthor(run.preparedBy, actor, input.grant)
    if (run.state === 'approved') {
      if (run.allotmentId) {
        await client
          .from('pay_allotments')
          .where('id', run.allotmentId)
          .update({ used_fen: client.raw('used_fen - ?', [run.drawnFen]) })
      }
      await client.from('pay_months').where('run_id', run.id).delete()
    }
    const values = { comment: input.comment ?? null, approved_by: null, checked_by: null }
    await move(client, run, input, 'return', actor, values)
  }, trx)
}

export async function cancelRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    const values = { comment: input.comment ?? null, computed_no: null }
    await move(client, run, input, 'cancel', actor, values)
  }, trx)
}

/** Regular pay is put on record alone; a bonus at the year's end is spending that may stand still. */
function askFreeze(trx: Trx, run: RunRow, actor: Actor) {
  return freezePort.pass(
    {
      ...{ act: 'pay.run', unitIds: [run.unitId], date: clock.today(), reformDocumentId: null },
      ...{ actor, subject: { type: 'pay_run', id: run.id }, amountFen: run.grossFen },
      allowed: allowedAs(run.kind),
    },
    trx
  )
}

async function move(
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
  const part = PART_OF[run.kind]
  const candidates = run.allotmentId
    ? [await allotmentById(run.allotmentId, trx)]
    : await allotmentsFor({ ...run, part }, trx)
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
  const rows = slips.map((row) => ({
    ...{ person_id: Number(row.person_id), month: run.monthTo, run_id: run.id },
  }))
  try {
    await bulkInsert(trx, 'pay_months', rows)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('pay.errors.month_taken', { month: run.monthTo })
  }
}

async function computedSlips(trx: Trx, run: RunRow) {
  return slipsIn(trx, run)
    .select('id', 'person_id', 'net_fen', 'account_sealed', 'tax_apart')
    .select('income_before_fen', 'withheld_before_fen')
}

/** Another run of the same agent was released since this one was computed: it has to be computed again. */
async function refuseStaleTax(trx: Trx, run: RunRow, slips: Row[]) {
  const years = await taxBefore(
    slips.map((row) => Number(row.person_id)),
    run,
    trx
  )
  const apart = slips.filter((row) => row.tax_apart).map((row) => Number(row.person_id))
  const apartBefore = await taxedApart(apart, run, trx)
  const stale = slips.filter((row) => {
    if (row.tax_apart && apartBefore.has(Number(row.person_id))) return true
    const before = years.get(Number(row.person_id))?.before
    return (
      (before?.income ?? 0) !== toInt(row.income_before_fen) ||
      (before?.withheld ?? 0) !== toInt(row.withheld_before_fen)
    )
  })
  if (stale.length) throw new DomainError('pay.errors.stale_tax', { count: stale.length })
}

/** Who has no account yet stops the release; accounts that came since are taken. */
async function fillAccounts(trx: Trx, slips: Row[]) {
  const bare = slips.filter((row) => !row.account_sealed && toInt(row.net_fen) > 0)
  const bases = await wageBasesOn(
    bare.map((row) => Number(row.person_id)),
    clock.today(),
    trx
  )
  for (const row of bare) {
    const base = bases.get(Number(row.person_id))
    if (!base?.accountSealed) {
      const names = await trx
        .from('persons')
        .whereIn(
          'id',
          bare
            .filter((one) => !bases.get(Number(one.person_id))?.accountSealed)
            .slice(0, 5)
            .map((one) => one.person_id)
        )
        .select('name')
      throw new DomainError('pay.errors.no_account', {
        names: names.map(({ name }) => name).join('、'),
      })
    }
    await trx
      .from('pay_slips')
      .where('id', row.id)
      .update({ account_sealed: base.accountSealed, account_masked: base.accountMasked })
  }
}
