import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, updateVersioned } from '#shared/database'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { fundById, type FundRow } from '../queries/funds.js'

export interface FundInput {
  code: string
  name: string
  source: string
  year: number
  unitId: number
  documentId: number
  /** Names of the budget lines; their amounts come by movements, each with a document. */
  lines: string[]
}

/** Opens a special fund (专项资金) with empty budget lines; returns its id. */
export async function createFund(input: FundInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, clock.today())
    const id = await insertFund(client, input)
    for (const [index, name] of input.lines.entries()) await insertLine(client, id, index + 1, name)
    await record(client, actor, {
      action: 'funds.fund.created',
      subjectType: 'fund',
      subjectId: id,
      changes: { code: input.code, name: input.name, document_id: input.documentId },
    })
    return id
  }, trx)
}

/** Adds a budget line to an open fund; returns its id. */
export async function addLine(
  input: { fundId: number; version: number; name: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await assertOpen(client, input.fundId)
    await updateVersioned(client, 'funds', input.fundId, input.version, {})
    const [{ last }] = await client
      .from('fund_lines')
      .where('fund_id', input.fundId)
      .max('line_no as last')
    const id = await insertLine(client, input.fundId, Number(last ?? 0) + 1, input.name)
    await record(client, actor, {
      action: 'funds.line.added',
      subjectType: 'fund',
      subjectId: input.fundId,
      changes: { line: input.name },
    })
    return id
  }, trx)
}

/**
 * Closes a fund: nothing may wait in it, and what was committed must be paid. Its row is taken before
 * anything is read: MySQL shows a transaction the others' work as it was at its first plain read.
 */
export async function closeFund(
  input: { fundId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await client.from('funds').where('id', input.fundId).forUpdate().select('id')
    const fund = await assertOpen(client, input.fundId)
    await refuseWaiting(client, fund)
    if (fund.committed !== fund.paid) throw new DomainError('funds.errors.unpaid_contracts')
    await updateVersioned(client, 'funds', fund.id, input.version, { state: 'closed' })
    await record(client, actor, {
      action: 'funds.fund.closed',
      subjectType: 'fund',
      subjectId: fund.id,
      changes: { state: ['open', 'closed'] },
    })
  }, trx)
}

/** As it is now: behind the fund's row, which whoever prepares a movement shares. */
export async function refuseWaiting(trx: Trx, { id, name }: FundRow) {
  const waiting = await trx
    .from('fund_movements')
    .join('fund_lines', 'fund_lines.id', 'fund_movements.line_id')
    .where('fund_lines.fund_id', id)
    .whereIn('fund_movements.state', ['submitted', 'returned'])
    .forShare()
    .first()
  if (waiting) throw new DomainError('funds.errors.movements_wait', { fund: name })
}

/** Open as it is now, and nobody closes it before what is written under it is on record. */
export async function assertOpen(trx: Trx, fundId: number) {
  const held = await trx.from('funds').where('id', fundId).forShare().select('state').first()
  const fund = await fundById(fundId, trx)
  if (held?.state !== 'open') throw new DomainError('funds.errors.fund_closed', { fund: fund.name })
  return fund
}

async function insertFund(trx: Trx, input: FundInput): Promise<number> {
  const { lines, unitId, documentId, ...texts } = input
  try {
    return await insertRow(trx, 'funds', {
      ...texts,
      unit_id: unitId,
      document_id: documentId,
      state: 'open',
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const params = { code: input.code }
    throw new DomainError('funds.errors.code_taken', params, [
      { field: 'code', code: 'funds.errors.code_taken', params },
    ])
  }
}

function insertLine(trx: Trx, fundId: number, lineNo: number, name: string) {
  return insertRow(trx, 'fund_lines', {
    fund_id: fundId,
    line_no: lineNo,
    name,
    version: 1,
    created_at: clock.now(),
  })
}
