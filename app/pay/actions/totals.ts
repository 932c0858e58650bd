import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  affected,
  insertRow,
  inTransaction,
  isUniqueViolation,
  readTooEarly,
  type Trx,
} from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { formatFen } from '#shared/money'
import { moveState } from '#shared/transitions'
import { ALLOTMENT_MOVES, PAPER_MOVES, type PayClass, type TotalPart } from '../domain/runs.js'
import { findTotal, totalById, totalVersionById } from '../queries/totals.js'
import { allotmentById } from '../queries/allotments.js'

const refuse: Refuse = refusing('pay')

export interface TotalInput {
  unitId: number
  year: number
  employmentType: PayClass
  headcount: number | null
  basicFen: number
  incentiveFen: number
  documentId: number
  reason: string | null
  importId?: number | null
}

/** Writes down an approved total, or a new version of one; it counts when the head has looked at the document. */
export async function proposeTotal(input: TotalInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    const totalId = (await findTotal(input, client))?.id ?? (await openTotal(client, input))
    const values = {
      total_id: totalId,
      headcount: input.headcount,
      basic_fen: input.basicFen,
      incentive_fen: input.incentiveFen,
      document_id: input.documentId,
      reason: input.reason,
      state: 'submitted',
      import_id: input.importId ?? null,
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    }
    const id = await insertRow(client, 'pay_total_versions', values).catch((error) => {
      if (isUniqueViolation(error)) throw new DomainError('pay.errors.version_waits')
      throw error
    })
    await record(client, actor, {
      action: 'pay.total.proposed',
      subjectType: 'pay_total',
      subjectId: totalId,
      changes: { basic_fen: input.basicFen, incentive_fen: input.incentiveFen },
    })
    return id
  }, trx)
}

async function openTotal(trx: Trx, { unitId, year, employmentType }: TotalInput) {
  return insertRow(trx, 'pay_totals', {
    unit_id: unitId,
    year,
    employment_type: employmentType,
    version: 1,
    created_at: clock.now(),
  }).catch((error) => {
    if (isUniqueViolation(error)) throw readTooEarly()
    throw error
  })
}

export interface Decision {
  id: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** The version becomes the cap; refused below what is already allotted. */
export async function approveTotal(input: Decision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const version = await totalVersionById(input.id, client)
    refuseAuthor(version.preparedBy, actor, input.grant)
    await moveState(client, 'pay_total_versions', input, PAPER_MOVES, 'approve', decided(actor))
    const changed = await client
      .from('pay_totals')
      .where('id', version.totalId)
      .where('basic_allotted_fen', '<=', version.basicFen)
      .where('incentive_allotted_fen', '<=', version.incentiveFen)
      .update({
        basic_fen: version.basicFen,
        incentive_fen: version.incentiveFen,
        version: client.raw('version + 1'),
        updated_at: clock.now(),
      })
    if (!affected(changed)) throw new DomainError('pay.errors.below_allotted')
    await write(client, actor, 'pay.total.approved', 'pay_total', version.totalId, input)
  }, trx)
}

export async function returnTotal(input: Decision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const version = await totalVersionById(input.id, client)
    refuseAuthor(version.preparedBy, actor, input.grant)
    const values = { ...decided(actor), comment: input.comment ?? null }
    await moveState(client, 'pay_total_versions', input, PAPER_MOVES, 'return', values)
    await write(client, actor, 'pay.total.returned', 'pay_total', version.totalId, input)
  }, trx)
}

export interface AllotmentInput {
  totalId: number
  part: TotalPart
  monthFrom: string
  monthTo: string
  amountFen: number
  documentId: number
}

/** Asks for a part of the total for a period of its year: nothing is carried over. */
export async function prepareAllotment(
  input: AllotmentInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const total = await totalById(input.totalId, client)
    const years = [input.monthFrom, input.monthTo].map((month) => Number(month.slice(0, 4)))
    if (input.monthFrom > input.monthTo) refuse('month_to', 'months')
    if (years.some((year) => year !== total.year)) refuse('month_to', 'other_year')
    if (input.amountFen <= 0) refuse('amount', 'amount')
    const id = await insertRow(client, 'pay_allotments', {
      total_id: total.id,
      part: input.part,
      month_from: input.monthFrom,
      month_to: input.monthTo,
      amount_fen: input.amountFen,
      used_fen: 0,
      document_id: input.documentId,
      state: 'submitted',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await record(client, actor, {
      action: 'pay.allotment.prepared',
      subjectType: 'pay_total',
      subjectId: total.id,
      changes: {
        part: input.part,
        months: `${input.monthFrom}—${input.monthTo}`,
        amount_fen: input.amountFen,
      },
    })
    return id
  }, trx)
}

/** Releases it: one guarded UPDATE, so that two at once never exceed the year's total. */
export async function releaseAllotment(input: Decision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const allotment = await allotmentById(input.id, client)
    refuseAuthor(allotment.preparedBy, actor, input.grant)
    const { part, amountFen, totalId } = allotment
    const changed = await client
      .from('pay_totals')
      .where('id', totalId)
      .whereRaw(`${part}_allotted_fen + ? <= ${part}_fen`, [amountFen])
      .update({ [`${part}_allotted_fen`]: client.raw(`${part}_allotted_fen + ?`, [amountFen]) })
    if (!affected(changed)) {
      const total = await totalById(totalId, client)
      throw new DomainError('pay.errors.total_exceeded', {
        wanted: formatFen(amountFen),
        total: formatFen(total[`${part}Fen`]),
        allotted: formatFen(total[`${part}AllottedFen`]),
      })
    }
    await moveState(client, 'pay_allotments', input, ALLOTMENT_MOVES, 'release', decided(actor))
    await write(client, actor, 'pay.allotment.released', 'pay_total', totalId, input)
  }, trx)
}

export async function returnAllotment(input: Decision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const allotment = await allotmentById(input.id, client)
    refuseAuthor(allotment.preparedBy, actor, input.grant)
    const values = { ...decided(actor), comment: input.comment ?? null }
    await moveState(client, 'pay_allotments', input, ALLOTMENT_MOVES, 'return', values)
    await write(client, actor, 'pay.allotment.returned', 'pay_total', allotment.totalId, input)
  }, trx)
}

/** Who prepared it decides nothing, in the own name or in another's. */
export function refuseAuthor(author: number | null, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(author, grant)) throw new DomainError('pay.errors.same_person')
}

const decided = (actor: Actor) => ({ decided_by: actor.userId, decided_at: clock.now() })

function write(
  trx: Trx,
  actor: Actor,
  action: string,
  subjectType: string,
  subjectId: number,
  input: Decision
) {
  const changes = { id: input.id, comment: input.comment ?? null }
  return record(trx, actor, { action, subjectType, subjectId, changes, grant: input.grant })
}
