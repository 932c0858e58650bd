import { record } from '#audit/actions/record'
import { findDecision } from '#decisions/queries/decisions'
import logger from '@adonisjs/core/services/logger'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  afterCommit,
  afterRollback,
  insertRow,
  inTransaction,
  isUniqueViolation,
  type Trx,
} from '#shared/database'
import type { FreezeAnswer, FreezeQuestion } from '#shared/ports/freeze'
import { sha256 } from '#shared/crypto'
import { judge, type Outcome, type Verdict } from '../domain/judge.js'
import { ruleOf } from '../domain/rules.js'
import { standingExemptions } from '../queries/exemptions.js'
import { freezeFacts, standingFreeze } from '../queries/freezes.js'

export type Judgement = Omit<Verdict, 'outcome'> & {
  outcome: Outcome | 'before_freeze'
  freezeId: number | null
}

/** What the freeze port is answered; the question goes on record when it names who asks. */
export async function answerFreeze(question: FreezeQuestion, trx?: Trx): Promise<FreezeAnswer> {
  if (!ruleOf(question.act)) return null
  if (!trx) return inTransaction((client) => answerFreeze(question, client))
  const judgement = await judgeAct(question, trx)
  return judgement.outcome === 'refused' ? refusalOf(judgement, trx) : null
}

/**
 * Judges an act and puts the answer on record: what passed inside the caller's transaction, what
 * was refused in one of its own when the caller's is over, for that one is rolled back.
 */
export async function judgeAct(question: FreezeQuestion, trx: Trx): Promise<Judgement> {
  const freeze = await standingFreeze(trx)
  if (!freeze) return beforeFreeze(question, trx)
  const act = {
    act: question.act,
    unitIds: question.unitIds,
    date: question.date,
    today: clock.today(),
    reformDocumentId: question.reformDocumentId,
    personId: question.personId ?? null,
    amountFen: question.amountFen ?? null,
    allowed: question.allowed ?? null,
  }
  const verdict = judge(
    act,
    await freezeFacts(freeze, trx),
    await standingExemptions(freeze.id, trx)
  )
  const judgement = { ...verdict, freezeId: freeze.id }
  if (question.actor) await keep(question, question.actor, judgement, trx)
  return judgement
}

/** No freeze is declared: everything passes, and what a rule speaks of is kept as done before it. */
async function beforeFreeze(question: FreezeQuestion, trx: Trx): Promise<Judgement> {
  const judgement = {
    outcome: 'before_freeze' as const,
    rule: ruleOf(question.act),
    freezeId: null,
    unitId: question.unitIds[0] ?? null,
    period: null,
    exemptionId: null,
  }
  const { actor } = question
  if (actor && !question.allowed && (await findDecision('discipline_freeze', trx))) {
    await keep(question, actor, judgement, trx)
  }
  return judgement
}

async function keep(question: FreezeQuestion, actor: Actor, judgement: Judgement, trx: Trx) {
  if (judgement.outcome === 'outside' || judgement.unitId === null) return
  const unit = await trx.from('units').where('id', judgement.unitId).select('name').first()
  const row = { ...rowOf(question, actor, judgement), unit_name: String(unit?.name ?? '') }
  if (judgement.outcome !== 'refused') return insertOnce(trx, row)
  const write = () => keepRefusal(actor, row)
  afterRollback(trx, write)
  afterCommit(trx, write)
}

type RecordRow = ReturnType<typeof rowOf> & { unit_name: string }

/** Never throws: the act is refused whether or not its record could be written. */
async function keepRefusal(actor: Actor, row: RecordRow) {
  try {
    await inTransaction(async (trx) => {
      const standing = {
        ...row,
        document_id: await stillThere(trx, 'documents', row.document_id),
        person_id: await stillThere(trx, 'persons', row.person_id),
      }
      if (!(await insertOnce(trx, standing))) return
      await record(trx, actor, {
        action: 'discipline.attempt.refused',
        subjectType: row.subject_type ?? 'unit',
        subjectId: row.subject_id ?? row.unit_id,
        changes: { act: row.act, rule: row.rule },
      })
    })
  } catch (error) {
    logger.error({ err: error }, 'a refused attempt could not be recorded')
  }
}

/** What the act itself had made was rolled back with it. */
async function stillThere(trx: Trx, table: string, id: number | null): Promise<number | null> {
  return id !== null && (await trx.from(table).where({ id }).first()) ? id : null
}

/** False: it is on record already. */
async function insertOnce(trx: Trx, row: RecordRow): Promise<boolean> {
  const known = await trx.from('freeze_records').where('once_key', row.once_key).first()
  if (known) return false
  try {
    await insertRow(trx, 'freeze_records', row)
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

function rowOf(question: FreezeQuestion, actor: Actor, judgement: Judgement) {
  const { act, subject } = question
  return {
    once_key: onceKey(question, actor, judgement),
    outcome: judgement.outcome,
    rule: judgement.rule,
    act,
    allowed: question.allowed ?? null,
    freeze_id: judgement.freezeId,
    unit_id: judgement.unitId!,
    person_id: question.personId ?? null,
    subject_type: subject?.type ?? null,
    subject_id: subject?.id ?? null,
    acts_on: question.date,
    amount_fen: question.amountFen ?? null,
    exemption_id: judgement.exemptionId,
    document_id: question.reformDocumentId,
    user_id: actor.userId,
    user_name: actor.name,
    request_id: actor.requestId,
    occurred_at: clock.now(),
  }
}

/**
 * An act that passed is one for its record, however many steps ask; without a record, and when it
 * was refused, it is one for its request, and for a job one a day.
 */
function onceKey(
  { act, subject, unitIds, amountFen }: FreezeQuestion,
  actor: Actor,
  to: Judgement
) {
  const about = subject ? `${subject.type}:${subject.id}` : `${unitIds.join()}:${amountFen ?? ''}`
  const passed = to.outcome !== 'refused' && subject
  const when = passed ? '' : `${actor.userId}:${actor.requestId ?? clock.today()}`
  const parts = [to.outcome, to.freezeId, to.exemptionId, to.unitId, act, about, when]
  return sha256(parts.join('|'))
}

async function refusalOf({ rule, unitId, period }: Judgement, trx: Trx): Promise<FreezeAnswer> {
  const unit = await trx.from('units').where('id', unitId!).select('name').firstOrFail()
  const { from, to } = period!
  return { code: `discipline.refused.${rule}`, params: { unit: unit.name, from, to } }
}

export { refusalOf }
