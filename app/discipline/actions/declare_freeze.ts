import { record } from '#audit/actions/record'
import { requireDecision } from '#decisions/queries/require_decision'
import { findDecision } from '#decisions/queries/decisions'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  insertRow,
  inTransaction,
  isUniqueViolation,
  toInt,
  updateVersioned,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { RULES } from '../domain/rules.js'
import { PROPOSED_LIMITS } from '../domain/spending.js'
import { WATCH_DEFAULTS, type WatchSettings } from '../domain/watch.js'
import { freezeById } from '../queries/freezes.js'

/**
 * Declares the freeze with the dates and units of the decision 「改革纪律适用期限和单位」; while that
 * is open it stops here with the decision's name. All six rules are in force on its dates. Returns
 * its id.
 */
export async function declareFreeze(
  input: { programmeDocumentIds: number[] },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const decision = await findDecision('discipline_freeze', client)
    // A freeze that is to come is declared before the day on which its decision takes effect.
    const planned = decision?.value as { from?: string } | null | undefined
    const date = [clock.today(), planned?.from ?? ''].sort()[1]
    const { value, documentId } = await requireDecision('discipline_freeze', client, date)
    const { from, to, unitIds } = value as { from: string; to: string; unitIds: number[] }
    const id = await insertFreeze(client, {
      decision_id: decision!.id,
      document_id: documentId,
      from_on: from,
      to_on: to,
      declared_by: actor.userId,
    })
    const units = unitIds.map((unitId) => ({ freeze_id: id, unit_id: unitId }))
    await bulkInsert(client, 'freeze_units', units)
    const rules = RULES.map((rule) => ({
      freeze_id: id,
      rule,
      from_on: from,
      to_on: to,
      document_id: documentId,
      recorded_at: clock.now(),
    }))
    await bulkInsert(client, 'freeze_rules', rules)
    const documents = [documentId, ...input.programmeDocumentIds].filter((one) => one !== null)
    await bulkInsert(
      client,
      'freeze_documents',
      [...new Set(documents)].map((one) => ({ freeze_id: id, document_id: one }))
    )
    await proposeLimits(client, from, documentId, actor)
    await record(client, actor, {
      action: 'discipline.freeze.declared',
      subjectType: 'freeze',
      subjectId: id,
      changes: { from_on: from, to_on: to, units: unitIds.length },
    })
    return id
  }, trx)
}

async function insertFreeze(trx: Trx, values: Record<string, unknown>): Promise<number> {
  try {
    return await insertRow(trx, 'freezes', {
      ...values,
      state: 'declared',
      near_percent: WATCH_DEFAULTS.nearPercent,
      near_days: WATCH_DEFAULTS.nearDays,
      near_count: WATCH_DEFAULTS.nearCount,
      burst_days: WATCH_DEFAULTS.burstDays,
      burst_percent: WATCH_DEFAULTS.burstPercent,
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('discipline.errors.freeze_stands')
    throw error
  }
}

/** The first freeze brings the proposed ceilings of daily spending; later ones find what was set. */
async function proposeLimits(trx: Trx, from: string, documentId: number | null, actor: Actor) {
  const known = await trx.from('spending_limits').count('* as total').first()
  if (toInt(known.total) > 0) return
  await bulkInsert(
    trx,
    'spending_limits',
    PROPOSED_LIMITS.map(([category, single, month]) => ({
      category,
      single_fen: single * 100,
      month_fen: month * 100,
      valid_from: from,
      document_id: documentId,
      recorded_at: clock.now(),
      recorded_by: actor.userId,
    }))
  )
}

/** Lifts a freeze before its time, or closes one that is over: another may be declared then. */
export async function endFreeze(
  input: { freezeId: number; version: number; reason: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const freeze = await freezeById(input.freezeId, client)
    if (freeze.state !== 'declared') throw new DomainError('discipline.errors.freeze_ended')
    const values = { state: 'ended', ended_on: clock.today() }
    await updateVersioned(client, 'freezes', freeze.id, input.version, values)
    await record(client, actor, {
      action: 'discipline.freeze.ended',
      subjectType: 'freeze',
      subjectId: freeze.id,
      changes: { ended_on: clock.today(), reason: input.reason },
    })
  }, trx)
}

/** Puts a document among those of the programme: reform batches under it pass from now on. */
export async function addProgrammeDocument(
  input: { freezeId: number; version: number; documentId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const freeze = await freezeById(input.freezeId, client)
    await updateVersioned(client, 'freezes', freeze.id, input.version, {})
    const row = { freeze_id: freeze.id, document_id: input.documentId }
    if (await client.from('freeze_documents').where(row).first()) return
    await insertRow(client, 'freeze_documents', row)
    await record(client, actor, {
      action: 'discipline.freeze.document_added',
      subjectType: 'freeze',
      subjectId: freeze.id,
      changes: { document_id: input.documentId },
    })
  }, trx)
}

export interface RuleInput {
  freezeId: number
  version: number
  rule: string
  from: string
  to: string
  documentId: number
  reason: string
}

/** Gives one rule other dates within the freeze, with the document that allows it. */
export async function changeRule(input: RuleInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const freeze = await freezeById(input.freezeId, client)
    checkDates(input, freeze)
    await updateVersioned(client, 'freezes', freeze.id, input.version, {})
    const where = { freeze_id: freeze.id, rule: input.rule, live: 1 }
    const old = await client.from('freeze_rules').where(where).firstOrFail()
    await client.from('freeze_rules').where('id', old.id).update({ superseded_by: old.id })
    const id = await insertRow(client, 'freeze_rules', {
      freeze_id: freeze.id,
      rule: input.rule,
      from_on: input.from,
      to_on: input.to,
      document_id: input.documentId,
      reason: input.reason,
      recorded_at: clock.now(),
    })
    await client.from('freeze_rules').where('id', old.id).update({ superseded_by: id })
    await record(client, actor, {
      action: 'discipline.freeze.rule_changed',
      subjectType: 'freeze',
      subjectId: freeze.id,
      changes: {
        rule: input.rule,
        from_on: [old.from_on, input.from],
        to_on: [old.to_on, input.to],
        reason: input.reason,
      },
    })
  }, trx)
}

/** What the spending watch looks for. */
export async function setWatch(
  input: WatchSettings & { freezeId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await freezeById(input.freezeId, client)
    const columns = {
      near_percent: input.nearPercent,
      near_days: input.nearDays,
      near_count: input.nearCount,
      burst_days: input.burstDays,
      burst_percent: input.burstPercent,
    }
    await updateVersioned(client, 'freezes', before.id, input.version, columns)
    await record(client, actor, {
      action: 'discipline.freeze.watch_set',
      subjectType: 'freeze',
      subjectId: before.id,
      changes: {
        near_percent: [before.nearPercent, input.nearPercent],
        near_days: [before.nearDays, input.nearDays],
        near_count: [before.nearCount, input.nearCount],
        burst_days: [before.burstDays, input.burstDays],
        burst_percent: [before.burstPercent, input.burstPercent],
      },
    })
  }, trx)
}

function checkDates({ from, to }: RuleInput, freeze: { from: string; to: string }) {
  if (from < freeze.from || from > freeze.to) throw fieldError('from', freeze)
  if (to < from || to > freeze.to) throw fieldError('to', freeze)
}

function fieldError(field: string, { from, to }: { from: string; to: string }) {
  const code = 'discipline.errors.dates_outside'
  return new DomainError(code, { from, to }, [{ field, code, params: { from, to } }])
}
