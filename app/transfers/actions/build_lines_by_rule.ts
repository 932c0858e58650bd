import type { Actor } from '#shared/actor'
import { inTransaction, toInt, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { EmploymentType } from '#organization/domain/codes'
import { quotaBalances } from '#organization/queries/quota_balances'
import { rowsForTransfer } from '#people/queries/assignments'
import { buildLines, type VacantSeats } from '../domain/build_lines.js'
import type { BatchRow } from '../queries/batches.js'
import { postsOfUnit } from '../queries/posts.js'
import { appendLines } from './add_lines.js'
import { checkTarget } from './check_units.js'
import { openForEdit } from './move_batch.js'

export interface RuleInput {
  batchId: number
  version: number
  fromUnitIds: number[]
  toUnitId: number
  employmentType: EmploymentType
  /** Establishment staff bring their seats. */
  withQuota: boolean
  /** The vacant seats of the units come too (空编). */
  vacantSeats: boolean
}

/**
 * "All establishment staff of these units to that unit, same funding, posts by 对应原岗位", and their
 * vacant seats. Gives how many lines were added; people and seats that are in the batch already are
 * passed over, so that the rule may be run again.
 */
export async function buildLinesByRule(input: RuleInput, actor: Actor, trx?: Trx): Promise<number> {
  if (input.fromUnitIds.includes(input.toUnitId)) {
    throw new DomainError('transfers.errors.same_unit')
  }
  return inTransaction(async (client) => {
    const batch = await openForEdit(client, { id: input.batchId, version: input.version })
    await checkTarget(client, input.toUnitId, batch.effectiveOn)
    const people = await rowsForTransfer(
      {
        date: batch.effectiveOn,
        unitIds: input.fromUnitIds,
        employmentType: input.employmentType,
      },
      client
    )
    const posts = await postsOfUnit(input.toUnitId, batch.effectiveOn, batch.id, client)
    const seats = input.vacantSeats ? await vacantSeats(client, batch, input.fromUnitIds) : []
    const { toUnitId, withQuota } = input
    const known = await peopleIn(client, batch.id)
    const lines = buildLines(
      { toUnitId, effectiveOn: batch.effectiveOn, withQuota },
      people.filter((row) => !known.has(row.id)).map((row) => ({ ...row, assignmentId: row.id })),
      seats,
      posts
    )
    return appendLines(client, actor, batch, lines, {
      from_units: input.fromUnitIds,
      to_unit: toUnitId,
      employment_type: input.employmentType,
    })
  }, trx)
}

/** Vacant seats that no line of the batch asks for yet. */
async function vacantSeats(trx: Trx, batch: BatchRow, unitIds: number[]): Promise<VacantSeats[]> {
  const asked = await trx
    .from('transfer_lines')
    .where({ batch_id: batch.id, kind: 'quota_only' })
    .groupBy('from_unit_id', 'funding_type', 'category')
    .select('from_unit_id', 'funding_type', 'category')
    .sum('quantity as quantity')
  const taken = new Map(
    asked.map((row) => [
      `${row.from_unit_id}/${row.funding_type}/${row.category}`,
      toInt(row.quantity),
    ])
  )
  const balances = await quotaBalances({ unitIds }, trx)
  return balances.map(({ unitId, fundingType, category, vacant }) => ({
    unitId,
    fundingType,
    category,
    vacant: vacant - (taken.get(`${unitId}/${fundingType}/${category}`) ?? 0),
  }))
}

async function peopleIn(trx: Trx, batchId: number): Promise<Set<number>> {
  const rows = await trx
    .from('transfer_lines')
    .where('batch_id', batchId)
    .whereNotNull('assignment_id')
    .select('assignment_id')
  return new Set(rows.map((row) => Number(row.assignment_id)))
}
