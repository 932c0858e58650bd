import { record, sensitive } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, inTransaction, toInt, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { PAPER_MOVES, type PayClass } from '../domain/runs.js'
import { differenceById } from '../queries/differences.js'
import { itemTreatment } from '../queries/item_treatment.js'
import type { RunRow } from '../queries/runs.js'
import { refuseOwn } from './refuse_own.js'
import { refuseAuthor } from './totals.js'

const refuse: Refuse = refusing('pay')

export interface DifferenceInput {
  personId: number
  unitId: number
  employmentType: PayClass
  slipId: number | null
  itemName: string
  /** The fact that changed, with before and after. */
  fact: string
  amountFen: number
  instalmentFen: number | null
  documentId: number | null
  /** Found by comparing the records with what was paid. */
  fromRecords?: boolean
}

/**
 * What was paid too little or too much; a later run takes it up when the head has approved it. It
 * is taxed and draws on the total as what it corrects did: nothing is paid beside the cap. Of the
 * own pay only what the records say.
 */
export async function prepareDifference(
  input: DifferenceInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    if (input.amountFen === 0) refuse('amount', 'amount')
    if (input.instalmentFen !== null && input.instalmentFen <= 0) refuse('instalment', 'amount')
    if (input.amountFen > 0 && input.instalmentFen !== null) refuse('instalment', 'arrears_at_once')
    if (!input.fromRecords) refuseOwn(input.personId, actor)
    const treatment = await itemTreatment(input, client)
    if (!treatment) return refuse('item_name', 'unknown_item')
    const id = await insertRow(client, 'pay_differences', {
      number: `new-${crypto.randomUUID()}`,
      person_id: input.personId,
      unit_id: input.unitId,
      employment_type: input.employmentType,
      slip_id: input.slipId,
      item_name: input.itemName,
      fact: input.fact,
      amount_fen: input.amountFen,
      settled_fen: 0,
      instalment_fen: input.instalmentFen,
      tax: treatment.tax,
      draws_on: treatment.drawsOn,
      document_id: input.documentId,
      state: 'submitted',
      from_records: input.fromRecords ?? false,
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `CE${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    await client.from('pay_differences').where('id', id).update({ number })
    await write(client, actor, 'prepared', id, { number, amount: sensitive(input.amountFen) })
    return id
  }, trx)
}

interface Decision {
  id: number
  version: number
  grant?: ActiveGrant | null
}

export async function approveDifference(input: Decision, actor: Actor, trx?: Trx) {
  await decide(input, 'approve', actor, trx)
}

export async function returnDifference(input: Decision, actor: Actor, trx?: Trx) {
  await decide(input, 'return', actor, trx)
}

async function decide(input: Decision, verb: 'approve' | 'return', actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const difference = await differenceById(input.id, client)
    refuseOwn(difference.personId, actor)
    refuseAuthor(difference.preparedBy, actor, input.grant)
    const values = { decided_by: actor.userId }
    await moveState(client, 'pay_differences', input, PAPER_MOVES, verb, values)
    const done = verb === 'approve' ? 'approved' : 'returned'
    await write(client, actor, done, input.id, {}, input.grant)
  }, trx)
}

/** The lines of a released run settle their differences; never more than there is. */
export async function settleDifferences(trx: Trx, run: RunRow, _version: number) {
  const rows = await trx
    .from('pay_lines as l')
    .join('pay_slips as s', 's.id', 'l.slip_id')
    .where({ 's.run_id': run.id, 's.compute_no': run.computedNo ?? -1 })
    .whereNotNull('l.difference_id')
    .orderBy('l.difference_id')
    .select('l.difference_id', 'l.amount_fen')
  for (const row of rows) {
    const fen = toInt(row.amount_fen)
    const query = trx.from('pay_differences').where({ id: row.difference_id, state: 'approved' })
    if (fen > 0) query.whereRaw('settled_fen + ? <= amount_fen', [fen])
    else query.whereRaw('settled_fen + ? >= amount_fen', [fen])
    const changed = await query.update({ settled_fen: trx.raw('settled_fen + ?', [fen]) })
    if (!affected(changed)) throw new DomainError('pay.errors.difference_changed')
  }
}

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  id: number,
  changes: Record<string, unknown>,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `pay.difference.${done}`,
    subjectType: 'pay_difference',
    subjectId: id,
    changes,
    grant,
  })
}
