import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, toInt, type Row, type Trx } from '#shared/database'
import { moveState } from '#shared/transitions'
import { WARNING_MOVES, type WarningVerb } from '../domain/warnings.js'
import { findBurst, findSplits, type Payment } from '../domain/watch.js'
import { standingFreeze, type FreezeRow } from '../queries/freezes.js'
import { limitList } from '../queries/spending.js'

/**
 * Looks at a unit's payments since the freeze began and keeps what it finds: a warning that grew is
 * brought up to date, one that a correction took away says so; what the inspector decided stays.
 */
export async function watchUnit(trx: Trx, unitId: number) {
  const freeze = await standingFreeze(trx)
  if (!freeze) return
  const payments = await paymentsOf(trx, unitId, freeze)
  const splits = findSplits(payments, freeze).map((split) => ({
    once_key: `split:${freeze.id}:${split.firstId}`,
    kind: 'split',
    payee: split.payee,
    category: split.category,
    from_on: split.from,
    to_on: split.to,
    payments: split.payments,
    total_fen: split.totalFen,
    measure_fen: split.ceilingFen,
  }))
  const burst = findBurst(payments, freeze, freeze)
  const found: Row[] = burst
    ? [
        ...splits,
        {
          once_key: `burst:${freeze.id}:${unitId}`,
          kind: 'burst',
          payee: null,
          category: null,
          from_on: burst.from,
          to_on: burst.to,
          payments: burst.payments,
          total_fen: burst.totalFen,
          measure_fen: burst.usualFen,
        },
      ]
    : splits
  await keep(trx, freeze.id, unitId, found)
}

/** Payments that stand: neither taken back nor taking back. Pay that is due is never a sign. */
async function paymentsOf(trx: Trx, unitId: number, { from, to }: FreezeRow): Promise<Payment[]> {
  const rows = await trx
    .from('spendings')
    .leftJoin('spendings as corrections', 'corrections.corrects_id', 'spendings.id')
    .where('spendings.unit_id', unitId)
    .whereNull('spendings.corrects_id')
    .whereNull('corrections.id')
    .whereNot('spendings.category', 'regular_pay')
    .where('spendings.spent_on', '>=', from)
    .where('spendings.spent_on', '<', to)
    .select('spendings.id', 'spendings.payee', 'spendings.category')
    .select('spendings.amount_fen', 'spendings.spent_on')
  const limits = await limitList(trx)
  const ceilingOf = (category: string, date: string) =>
    limits.filter((limit) => limit.category === category && limit.validFrom <= date).at(-1)
  return rows.map((row) => ({
    id: Number(row.id),
    payee: row.payee,
    category: row.category,
    amountFen: toInt(row.amount_fen),
    spentOn: row.spent_on,
    ceilingFen: ceilingOf(row.category, row.spent_on)?.singleFen ?? null,
  }))
}

async function keep(trx: Trx, freezeId: number, unitId: number, found: Row[]) {
  const where = { freeze_id: freezeId, unit_id: unitId }
  // as they are now: the inspector may be judging one
  const known = await trx.from('spending_warnings').where(where).forUpdate()
  for (const values of found) {
    const old = known.find((row) => row.once_key === values.once_key)
    const stamp = { updated_at: clock.now() }
    if (!old) {
      const made = { state: 'open', version: 1, created_at: clock.now() }
      await insertRow(trx, 'spending_warnings', { ...where, ...values, ...made })
    } else if (toInt(old.total_fen) !== values.total_fen || old.state === 'gone') {
      // It grew after it was judged: it is a new question.
      const state = 'open'
      const version = Number(old.version) + 1
      await trx
        .from('spending_warnings')
        .where('id', old.id)
        .update({ ...values, ...stamp, state, version })
    }
  }
  const keys = found.map((row) => row.once_key)
  const gone = known.filter((row) => row.state === 'open' && !keys.includes(row.once_key))
  for (const row of gone) {
    const version = Number(row.version) + 1
    await trx.from('spending_warnings').where('id', row.id).update({ state: 'gone', version })
  }
}

/** The inspector has looked into it: nothing wrong (cleared), or handed on (referred). */
export async function settleWarning(
  input: { warningId: number; version: number; verb: WarningVerb; comment: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const { warningId: id, version, verb, comment } = input
    const decided = { comment, decided_by: actor.userId }
    await moveState(client, 'spending_warnings', { id, version }, WARNING_MOVES, verb, decided)
    await record(client, actor, {
      action: `discipline.warning.${verb === 'clear' ? 'cleared' : 'referred'}`,
      subjectType: 'spending_warning',
      subjectId: id,
      changes: { comment },
    })
  }, trx)
}
