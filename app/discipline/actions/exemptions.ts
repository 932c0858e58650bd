import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { formatFen } from '#shared/money'
import { moveState } from '#shared/transitions'
import { EXEMPTION_MOVES, type ExemptionVerb } from '../domain/exemptions.js'
import type { Rule } from '../domain/rules.js'
import { exemptionById } from '../queries/exemptions.js'
import { freezeFacts, standingFreeze } from '../queries/freezes.js'
import { refusePreparer } from './refuse_preparer.js'

const refuse: Refuse = refusing('discipline')

export interface ExemptionInput {
  rule: Rule
  unitId: number
  personId: number | null
  what: string
  why: string
  documentId: number
  /** Last day. */
  untilOn: string
  /** Spending and dividends name an amount. */
  amountFen: number | null
}

/** Asks the leading group's office for an exemption from one rule of the standing freeze. */
export async function askExemption(
  input: ExemptionInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const freeze = await standingFreeze(client)
    if (!freeze) throw new DomainError('discipline.errors.no_freeze')
    await check(client, input, await freezeFacts(freeze, client))
    const id = await insertRow(client, 'exemptions', {
      number: `new-${crypto.randomUUID()}`,
      freeze_id: freeze.id,
      rule: input.rule,
      unit_id: input.unitId,
      person_id: input.personId,
      what: input.what,
      why: input.why,
      document_id: input.documentId,
      until_on: input.untilOn,
      amount_fen: input.amountFen,
      used_fen: 0,
      state: 'submitted',
      asked_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `HM${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    await client.from('exemptions').where('id', id).update({ number })
    await write(client, actor, 'asked', id, { number, rule: input.rule, until_on: input.untilOn })
    return id
  }, trx)
}

async function check(
  trx: Trx,
  input: ExemptionInput,
  freeze: Awaited<ReturnType<typeof freezeFacts>>
) {
  if (!freeze.unitIds.includes(input.unitId)) refuse('unit_id', 'unit_not_frozen')
  if (input.untilOn < clock.today()) refuse('until_on', 'until_past')
  const needsAmount = input.rule === 'spending' || input.rule === 'dividends'
  if (needsAmount && !(input.amountFen && input.amountFen > 0)) refuse('amount', 'amount_needed')
  if (!input.personId) return
  const person = await trx.from('persons').where('id', input.personId).first()
  if (!person) refuse('person_id', 'person_unknown')
}

export interface MoveInput {
  exemptionId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** The leading group's office grants it; never who asked, neither by delegation. */
export function approveExemption(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'approve', 'approved', actor, trx)
}

export function refuseExemption(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'refuse', 'refused', actor, trx)
}

/** The office takes a granted one back; what was done by it stays. */
export function revokeExemption(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'revoke', 'revoked', actor, trx)
}

export function withdrawExemption(input: MoveInput, actor: Actor, trx?: Trx) {
  return move(input, 'withdraw', 'withdrawn', actor, trx)
}

async function move(
  input: MoveInput,
  verb: ExemptionVerb,
  done: string,
  actor: Actor,
  outer?: Trx
) {
  await inTransaction(async (trx) => {
    const exemption = await exemptionById(input.exemptionId, trx)
    if (verb === 'withdraw') {
      if (exemption.askedBy !== actor.userId) throw new DomainError('discipline.errors.other_asker')
    } else refusePreparer({ preparedBy: exemption.askedBy }, actor, input.grant)
    const decided: Row =
      verb === 'withdraw'
        ? {}
        : { decided_by: actor.userId, decided_at: clock.now(), comment: input.comment ?? null }
    const { exemptionId: id, version } = input
    await moveState(trx, 'exemptions', { id, version }, EXEMPTION_MOVES, verb, decided)
    await write(trx, actor, done, id, { comment: input.comment ?? null }, input.grant)
  }, outer)
}

/** Takes an amount out of an exemption by one guarded UPDATE; two at once never take too much. */
export async function useExemption(trx: Trx, exemptionId: number, amountFen: number) {
  const changed = await trx
    .from('exemptions')
    .where({ id: exemptionId, state: 'approved' })
    .where((room) =>
      room.whereNull('amount_fen').orWhereRaw('used_fen + ? <= amount_fen', [amountFen])
    )
    .whereRaw('used_fen + ? >= 0', [amountFen])
    .update({ used_fen: trx.raw('used_fen + ?', [amountFen]) })
  if (affected(changed)) return
  const { number, amountFen: cap, usedFen } = await exemptionById(exemptionId, trx)
  throw new DomainError('discipline.errors.exemption_used_up', {
    number,
    left: formatFen((cap ?? 0) - usedFen),
  })
}

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  id: number,
  changes: Row,
  grant?: ActiveGrant | null
) {
  const subject = { subjectType: 'exemption', subjectId: id }
  return record(trx, actor, { action: `discipline.exemption.${done}`, ...subject, changes, grant })
}
