import { setImmediate } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { sha256 } from '#shared/crypto'
import { bulkInsert, inTransaction, type Row } from '#shared/database'
import type { PayLine } from '../domain/slip.js'
import { hashedText } from '../domain/trace_hash.js'
import type { ComputeContext } from '../queries/compute_context.js'
import { slipsOf, type ComputedCase } from '../queries/compute_slips.js'
import type { RunCase } from '../queries/run_cases.js'
import type { RunRow } from '../queries/runs.js'

/** People between two breaths: whoever opens a page meanwhile waits for no more than these. */
export const CHUNK = 100

/** Takes slips of a run's computations away with their lines, a piece at a time. */
export async function dropSlips(runId: number, compare: '<' | '=' | '>=', computeNo: number) {
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

/** Computes some people of a run and writes their slips under the number of the computation. */
export async function writeSlips(context: ComputeContext, computeNo: number, cases: RunCase[]) {
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
  const missing = one.missing.length ? one.missing : slip.missing
  const whole = missing.length === 0
  const inputs = JSON.stringify(input)
  const lines = whole
    ? slip.lines.map((line) => ({ ...line, trace: JSON.stringify(line.trace) }))
    : []
  const fen = (value: number) => (whole ? value : 0)
  return {
    run_id: run.id,
    compute_no: computeNo,
    person_id: one.personId,
    department_id: one.departmentId,
    department_name: one.departmentName,
    post_name: one.postName,
    nature: one.nature,
    grade: one.grade,
    state: whole ? 'computed' : one.aside === undefined ? 'missing' : 'set_aside',
    reason: whole ? null : (one.aside ?? null),
    missing: whole ? null : JSON.stringify(missing),
    inputs,
    gross_fen: fen(slip.gross),
    deduction_fen: fen(slip.deduction),
    tax_fen: fen(slip.tax),
    net_fen: fen(slip.net),
    employer_fen: fen(slip.employer),
    drawn_fen: fen(slip.drawn),
    tax_income_fen: fen(slip.taxed.income),
    tax_exempt_fen: fen(slip.taxed.exempt),
    tax_insurance_fen: fen(slip.taxed.insurance),
    tax_additional_fen: fen(slip.taxed.additional),
    tax_other_fen: 0,
    tax_apart: input.apart,
    income_before_fen: input.before.income,
    withheld_before_fen: input.before.withheld,
    hash: sha256(hashedText(inputs, lines)),
    account_sealed: one.base?.accountSealed ?? null,
    account_masked: one.base?.accountMasked ?? null,
    payment: 'none',
    answer_state: 'open',
    version: 1,
    created_at: clock.now(),
  }
}

function lineRow(slipId: number, line: PayLine): Row {
  return {
    slip_id: slipId,
    order_no: line.orderNo,
    code: line.code,
    name: line.name,
    side: line.side,
    amount_fen: line.amountFen,
    item_id: line.itemId,
    difference_id: line.differenceId,
    trace: JSON.stringify(line.trace),
  }
}
