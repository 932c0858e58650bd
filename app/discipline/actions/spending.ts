import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { monthOf } from '#shared/dates'
import {
  affected,
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { isFrozen } from '../domain/judge.js'
import { DAILY_CATEGORIES, type SpendingBasis, type SpendingCategory } from '../domain/spending.js'
import { freezeFacts, standingFreeze } from '../queries/freezes.js'
import { limitOn, spendingById, type SpendingRow } from '../queries/spending.js'
import { useExemption } from './exemptions.js'
import { judgeAct, refusalOf } from './judge_act.js'
import { watchUnit } from './watch_spending.js'

const refuse: Refuse = refusing('discipline')

export interface SpendingInput {
  unitId: number
  category: SpendingCategory
  payee: string
  amountFen: number
  purpose: string
  voucherNo: string
  spentOn: string
  /** A document of the reform under which it is spent, when there is one. */
  documentId: number | null
}

interface Allowed {
  basis: SpendingBasis
  exemptionId: number | null
}

/**
 * Puts a payment into the register. During the freeze: daily spending within its ceilings, regular
 * pay, and what an exemption covers; anything else is refused and on record. Returns its id.
 */
export async function registerSpending(
  input: SpendingInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    if (input.amountFen <= 0) refuse('amount', 'amount_positive')
    if (input.spentOn > clock.today()) refuse('spent_on', 'date_ahead')
    await lockUnit(client, input.unitId)
    await assertUnitAlive(client, input.unitId, input.spentOn)
    const { basis, exemptionId } = await allow(client, input, actor)
    const id = await insertSpending(client, input, actor, { basis, exemptionId })
    await watchUnit(client, input.unitId)
    await write(client, actor, 'registered', id, {
      category: input.category,
      payee: input.payee,
      amount_fen: input.amountFen,
      basis,
    })
    return id
  }, trx)
}

/**
 * The watch reads all payments of the unit: one at a time. Nothing is read before, for MySQL shows a
 * transaction the others' work as it was at its first plain read.
 */
async function lockUnit(trx: Trx, unitId: number) {
  await trx.from('units').where('id', unitId).forUpdate().first()
}

async function lockUnitOf(trx: Trx, spendingId: number) {
  await trx
    .from('spendings as s')
    .join('units as u', 'u.id', 's.unit_id')
    .where('s.id', spendingId)
    .forUpdate()
    .select('u.id')
}

async function allow(trx: Trx, input: SpendingInput, actor: Actor): Promise<Allowed> {
  if (await isDaily(trx, input)) return { basis: 'daily', exemptionId: null }
  const judgement = await judgeAct(
    {
      act: input.category === 'dividend' ? 'discipline.dividend' : 'discipline.spending',
      unitIds: [input.unitId],
      date: input.spentOn,
      reformDocumentId: input.documentId,
      actor,
      amountFen: input.amountFen,
      allowed: input.category === 'regular_pay' ? 'regular_pay' : null,
    },
    trx
  )
  const { outcome, exemptionId } = judgement
  if (outcome === 'refused') {
    const { code, params } = (await refusalOf(judgement, trx))!
    throw new DomainError(code, params)
  }
  if (exemptionId) await useExemption(trx, exemptionId, input.amountFen)
  return { basis: outcome, exemptionId }
}

/** Within the freeze, of a daily category, and within the ceilings of a payment and of the month. */
async function isDaily(trx: Trx, input: SpendingInput): Promise<boolean> {
  const { unitId, category, amountFen, spentOn } = input
  if (!(DAILY_CATEGORIES as readonly string[]).includes(category)) return false
  const freeze = await standingFreeze(trx)
  if (!freeze) return false
  const { rules, unitIds } = await freezeFacts(freeze, trx)
  const act = { date: spentOn, today: clock.today() }
  if (!unitIds.includes(unitId) || !rules.spending || !isFrozen(act, rules.spending)) return false
  const limit = await limitOn(category, spentOn, trx)
  if (!limit || amountFen > limit.singleFen) return false
  return takeRoom(trx, { unitId, category, month: monthOf(spentOn) }, amountFen, limit.monthFen)
}

interface Room {
  unitId: number
  category: string
  month: string
}

/** One guarded UPDATE: two payments at once never pass the month's ceiling together. */
async function takeRoom(trx: Trx, room: Room, amountFen: number, ceilingFen: number) {
  const where = { unit_id: room.unitId, category: room.category, month: room.month }
  if (!(await trx.from('spending_rooms').where(where).first())) await openRoom(trx, where)
  const changed = await trx
    .from('spending_rooms')
    .where(where)
    .whereRaw('used_fen + ? <= ?', [amountFen, ceilingFen])
    .update({ used_fen: trx.raw('used_fen + ?', [amountFen]) })
  return affected(changed)
}

async function openRoom(trx: Trx, where: Row) {
  try {
    await insertRow(trx, 'spending_rooms', { ...where, used_fen: 0 })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
  }
}

async function insertSpending(trx: Trx, input: SpendingInput, actor: Actor, values: Allowed & Row) {
  const { exemptionId, basis, ...others } = values
  const id = await insertRow(trx, 'spendings', {
    number: `new-${crypto.randomUUID()}`,
    unit_id: input.unitId,
    category: input.category,
    payee: input.payee,
    amount_fen: input.amountFen,
    purpose: input.purpose,
    voucher_no: input.voucherNo,
    spent_on: input.spentOn,
    document_id: input.documentId,
    exemption_id: exemptionId,
    basis,
    ...others,
    recorded_by: actor.userId,
    version: 1,
    created_at: clock.now(),
  })
  const number = `ZC${input.spentOn.slice(0, 4)}-${String(id).padStart(5, '0')}`
  await trx.from('spendings').where('id', id).update({ number })
  return id
}

/** Takes a wrong line back by a negative one, once; room and exemption get their amount again. */
export async function correctSpending(
  input: { spendingId: number; version: number; reason: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await lockUnitOf(client, input.spendingId)
    const before = await spendingById(input.spendingId, client)
    if (before.correctsId !== null || before.correctedById !== null) {
      throw new DomainError('discipline.errors.corrected_before', { number: before.number })
    }
    await updateVersioned(client, 'spendings', before.id, input.version, {})
    const { basis, exemptionId } = before
    const amountFen = -before.amountFen
    const line = { ...inputOf(before), amountFen, purpose: input.reason }
    const values = { basis, exemptionId, corrects_id: before.id }
    const id = await insertSpending(client, line, actor, values)
    await giveBack(client, before)
    await watchUnit(client, before.unitId)
    const changes = { corrects: before.number, reason: input.reason }
    await write(client, actor, 'corrected', before.id, changes)
    return id
  }, trx)
}

async function giveBack(trx: Trx, spending: SpendingRow) {
  const { basis, exemptionId, amountFen } = spending
  if (exemptionId) {
    await trx
      .from('exemptions')
      .where('id', exemptionId)
      .update({ used_fen: trx.raw('used_fen - ?', [amountFen]) })
  }
  if (basis !== 'daily') return
  const { unitId, category } = spending
  await trx
    .from('spending_rooms')
    .where({ unit_id: unitId, category, month: monthOf(spending.spentOn) })
    .update({ used_fen: trx.raw('used_fen - ?', [amountFen]) })
}

function inputOf(row: SpendingRow): SpendingInput {
  const { unitId, category, payee, amountFen, purpose, voucherNo, spentOn, documentId } = row
  return { unitId, category, payee, amountFen, purpose, voucherNo, spentOn, documentId }
}

function write(trx: Trx, actor: Actor, done: string, id: number, changes: Row) {
  const subject = { subjectType: 'spending', subjectId: id }
  return record(trx, actor, { action: `discipline.spending.${done}`, ...subject, changes })
}
