import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inChunks, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { postsByIds } from '../queries/posts.js'
import { openForEdit } from './move_batch.js'

export interface LineTarget {
  lineId: number
  departmentId: number | null
  /** A post brings its department with it. */
  postId: number | null
}

/**
 * Saves the grid: department and post of some lines. Lines that are not of the batch are refused as
 * a whole, so that a tampered form changes nothing.
 */
export async function setLineTargets(
  input: { batchId: number; version: number; targets: LineTarget[] },
  actor: Actor,
  trx?: Trx
): Promise<void> {
  await inTransaction(async (client) => {
    const batch = await openForEdit(client, { id: input.batchId, version: input.version })
    const postIds = input.targets.map(({ postId }) => postId).filter((id) => id !== null)
    const posts = await postsByIds([...new Set(postIds)], batch.effectiveOn, batch.id, client)
    await refuseUnknown(client, input.targets, new Set(posts.keys()))
    for (const [key, lineIds] of groupByTarget(input.targets)) {
      const [postId, departmentId] = JSON.parse(key) as [number | null, number | null]
      const changed = await client
        .from('transfer_lines')
        .where('batch_id', batch.id)
        .whereNotNull('person_id')
        .whereIn('id', lineIds)
        .update({
          to_post_id: postId,
          to_department_id: posts.get(postId ?? 0)?.departmentId ?? departmentId,
        })
      if (Number(changed) !== lineIds.length) {
        throw new DomainError('transfers.errors.unknown_lines')
      }
    }
    await record(client, actor, {
      action: 'transfers.batch.targets_set',
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      changes: { lines: input.targets.length },
    })
  }, trx)
}

/** Whether a place fits its line is for the checks; one that does not exist fits none. */
async function refuseUnknown(trx: Trx, targets: LineTarget[], posts: Set<number>) {
  const asked = targets.flatMap(({ departmentId }) => departmentId ?? [])
  const rows = await inChunks([...new Set(asked)], 400, (ids) =>
    trx.from('departments').whereIn('id', ids).select('id')
  )
  const departments = new Set(rows.map(({ id }) => Number(id)))
  const known = ({ postId, departmentId }: LineTarget) =>
    (postId === null || posts.has(postId)) &&
    (departmentId === null || departments.has(departmentId))
  if (!targets.every(known)) throw new DomainError('transfers.errors.unknown_target')
}

/** One UPDATE a target rather than one a line. */
function groupByTarget(targets: LineTarget[]): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const { lineId, postId, departmentId } of targets) {
    const key = JSON.stringify([postId, departmentId])
    groups.set(key, [...(groups.get(key) ?? []), lineId])
  }
  return groups
}
