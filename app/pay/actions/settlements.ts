import { record, sensitive } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, inTransaction, type Trx } from '#shared/database'
import { isCivilDate } from '#shared/dates'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { isOpenRecovery, type SettlementWay } from '../domain/differences.js'
import { PAPER_MOVES, type PaperVerb } from '../domain/runs.js'
import { differenceById } from '../queries/differences.js'
import { settlementById, type SettlementRow } from '../queries/settlements.js'
import { refuseOwn } from './refuse_own.js'
import { refuseAuthor } from './totals.js'

const refuse: Refuse = refusing('pay')

export interface SettlementInput {
  differenceId: number
  way: SettlementWay
  amountFen: number
  settledOn: string
  documentId: number
  reason: string
}

/** Puts down that a recovery was paid back, or is to be written off; counts once it is approved. */
export async function prepareSettlement(
  input: SettlementInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const difference = await differenceById(input.differenceId, client)
    refuseOwn(difference.personId, actor)
    if (!isOpenRecovery(difference)) throw new DomainError('pay.errors.no_open_recovery')
    if (input.amountFen <= 0) refuse('amount', 'amount')
    if (input.amountFen > difference.settledFen - difference.amountFen)
      refuse('amount', 'above_rest')
    const { settledOn } = input
    if (!isCivilDate(settledOn) || settledOn > clock.today()) refuse('settled_on', 'day_to_come')
    const id = await insertRow(client, 'pay_settlements', {
      difference_id: difference.id,
      way: input.way,
      amount_fen: input.amountFen,
      settled_on: settledOn,
      document_id: input.documentId,
      reason: input.reason,
      state: 'submitted',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await write(client, actor, 'prepared', await settlementById(id, client))
    return id
  }, trx)
}

interface Decision {
  id: number
  version: number
  grant?: ActiveGrant | null
}

export async function approveSettlement(input: Decision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const settlement = await decide(client, input, 'approve', actor)
    const { amountFen, differenceId } = settlement
    const changed = await client
      .from('pay_differences')
      .where({ id: differenceId, state: 'approved' })
      .whereRaw('settled_fen - ? >= amount_fen', [amountFen])
      .update({ settled_fen: client.raw('settled_fen - ?', [amountFen]) })
    if (!affected(changed)) throw new DomainError('pay.errors.above_rest')
    await write(client, actor, 'approved', settlement, input.grant)
  }, trx)
}

export async function returnSettlement(input: Decision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const settlement = await decide(client, input, 'return', actor)
    await write(client, actor, 'returned', settlement, input.grant)
  }, trx)
}

async function decide(client: Trx, input: Decision, verb: PaperVerb, actor: Actor) {
  const settlement = await settlementById(input.id, client)
  refuseOwn(settlement.personId, actor)
  refuseAuthor(settlement.preparedBy, actor, input.grant)
  const values = { decided_by: actor.userId }
  await moveState(client, 'pay_settlements', input, PAPER_MOVES, verb, values)
  return settlement
}

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  { id, differenceId, way, amountFen, settledOn, documentNo, reason }: SettlementRow,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `pay.settlement.${done}`,
    subjectType: 'pay_difference',
    grant,
    subjectId: differenceId,
    changes: {
      id,
      way,
      amount: sensitive(amountFen),
      settled_on: settledOn,
      document_no: documentNo,
      reason,
    },
  })
}
