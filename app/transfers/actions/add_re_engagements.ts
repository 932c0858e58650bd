import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { rowsForTransfer } from '#people/queries/assignments'
import { personLine } from '../domain/build_lines.js'
import { postsByIds } from '../queries/posts.js'
import { appendLines } from './add_lines.js'
import { openForEdit } from './move_batch.js'

/**
 * Adds people who are engaged anew (转聘, 重新聘用): each to the post that he is to have, employed as
 * the post says. Gives how many lines were added.
 */
export async function addReEngagements(
  input: {
    batchId: number
    version: number
    toUnitId: number
    entries: { assignmentId: number; postId: number }[]
  },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const batch = await openForEdit(client, { id: input.batchId, version: input.version })
    const { toUnitId } = input
    const rule = { toUnitId, effectiveOn: batch.effectiveOn, withQuota: false }
    const wanted = new Map(input.entries.map((entry) => [entry.assignmentId, entry.postId]))
    const postIds = [...new Set(wanted.values())]
    const posts = await postsByIds(postIds, batch.effectiveOn, batch.id, client)
    const assignmentIds = [...wanted.keys()]
    const rows = await rowsForTransfer({ date: batch.effectiveOn, assignmentIds }, client)
    if (rows.some(({ unitId }) => unitId === toUnitId)) {
      throw new DomainError('transfers.errors.same_unit')
    }
    const lines = rows.map((row) => {
      const post = posts.get(wanted.get(row.id)!)!
      const line = personLine(rule, { ...row, assignmentId: row.id }, post)
      return { ...line, toEmploymentType: post.employmentType ?? row.employmentType }
    })
    return appendLines(client, actor, batch, lines, { to_unit: toUnitId, by: 're_engagement' })
  }, trx)
}
