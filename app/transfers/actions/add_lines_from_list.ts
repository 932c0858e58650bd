import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { rowsForTransfer } from '#people/queries/assignments'
import { mappedPost, personLine } from '../domain/build_lines.js'
import { postsOfUnit } from '../queries/posts.js'
import { appendLines } from './add_lines.js'
import { checkTarget } from './check_units.js'
import { openForEdit } from './move_batch.js'

export interface ListInput {
  batchId: number
  version: number
  toUnitId: number
  withQuota: boolean
  /** Chosen people; `postId` null: by 对应原岗位 of the target unit, where there is one. */
  entries: { assignmentId: number; postId: number | null }[]
}

/** Adds chosen people. Gives how many lines were added. */
export async function addLinesFromList(input: ListInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    const batch = await openForEdit(client, { id: input.batchId, version: input.version })
    await checkTarget(client, input.toUnitId, batch.effectiveOn)
    const rule = {
      toUnitId: input.toUnitId,
      effectiveOn: batch.effectiveOn,
      withQuota: input.withQuota,
    }
    const posts = await postsOfUnit(input.toUnitId, batch.effectiveOn, batch.id, client)
    const assignmentIds = input.entries.map(({ assignmentId }) => assignmentId)
    const rows = await rowsForTransfer({ date: batch.effectiveOn, assignmentIds }, client)
    if (rows.some(({ unitId }) => unitId === input.toUnitId)) {
      throw new DomainError('transfers.errors.same_unit')
    }
    const wanted = new Map(input.entries.map((entry) => [entry.assignmentId, entry.postId]))
    const lines = rows.map((row) => {
      const postId = wanted.get(row.id) ?? null
      const post = postId === null ? mappedPost(posts, row) : posts.find((one) => one.id === postId)
      return personLine(rule, { ...row, assignmentId: row.id }, post ?? null)
    })
    return appendLines(client, actor, batch, lines, { to_unit: input.toUnitId, by: 'list' })
  }, trx)
}
