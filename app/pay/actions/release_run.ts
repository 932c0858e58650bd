import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { inTransaction, toInt, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import { allowedAs } from '../domain/runs.js'
import { payRulesOn } from '../queries/configuration.js'
import { methodLack } from '../queries/methods.js'
import { runById, type RunRow } from '../queries/runs.js'
import { taxBefore, taxedApart } from '../queries/tax_before.js'
import { taxRulesOn } from '../queries/tax_scales.js'
import { wageBasesOn } from '../queries/wage_bases.js'
import { settleDifferences } from './differences.js'
import { move, slipsIn, type RunMove } from './move_run.js'
import { refuseHands } from './run_hands.js'
import { takeTaxTurn } from './take_tax_turn.js'
import { refuseAuthor } from './totals.js'

/**
 * Releases: a third person; the distribution method of an incentive run went its way, the year's tax
 * figures are those that were computed with. Slips are shown to their owners, differences settled.
 */
export async function releaseRun(input: RunMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await takeTaxTurn(client)
    const run = await runById(input.runId, client)
    await refuseHands(client, run.id, actor, input.grant)
    refuseAuthor(run.approvedBy, actor, input.grant)
    const rules = await payRulesOn(clock.today(), client)
    await refuseWithoutMethod(client, run)
    await askFreeze(client, run, actor)
    const slips = await computedSlips(client, run)
    await refuseStaleRules(client, run)
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

async function refuseWithoutMethod(trx: Trx, run: RunRow) {
  const lack = await methodLack(run, clock.today(), trx)
  if (lack) throw new DomainError(lack.key, lack.params)
}

/** Regular pay is put on record alone; a bonus at the year's end is spending that may stand still. */
function askFreeze(trx: Trx, run: RunRow, actor: Actor) {
  return freezePort.pass(
    {
      act: 'pay.run',
      unitIds: [run.unitId],
      date: clock.today(),
      reformDocumentId: null,
      actor,
      subject: { type: 'pay_run', id: run.id },
      amountFen: run.grossFen,
      allowed: allowedAs(run.kind),
    },
    trx
  )
}

async function computedSlips(trx: Trx, run: RunRow) {
  return slipsIn(trx, run)
    .select('id', 'person_id', 'net_fen', 'account_sealed', 'tax_apart')
    .select('income_before_fen', 'withheld_before_fen')
}

/** The tax table or the deduction of the payment month changed since this one was computed. */
async function refuseStaleRules(trx: Trx, run: RunRow) {
  const { apartUntil, ...rules } = await taxRulesOn(`${run.payMonth}-01`, trx)
  if (JSON.stringify(run.settings.rules) === JSON.stringify(rules)) return
  throw new DomainError('pay.errors.stale_rules')
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
