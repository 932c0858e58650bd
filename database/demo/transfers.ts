import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { fitsRange, gradeRange, type GradeRange } from '#organization/domain/grade_range'
import type { Grade } from '#organization/domain/grades'
import { addLinesFromList } from '#transfers/actions/add_lines_from_list'
import { approveStep } from '#transfers/actions/approve_step'
import { buildLinesByRule, type RuleInput } from '#transfers/actions/build_lines_by_rule'
import { checkBatch } from '#transfers/actions/check_batch'
import { createBatch, type BatchInput } from '#transfers/actions/create_batch'
import { editBatch } from '#transfers/actions/edit_batch'
import { removeLines } from '#transfers/actions/remove_lines'
import { setLineTargets } from '#transfers/actions/set_line_targets'
import { splitWaitingLines } from '#transfers/actions/split_waiting_lines'
import { submitBatch } from '#transfers/actions/submit_batch'
import { capabilityOf, type StepName } from '#transfers/domain/steps'
import { batchById } from '#transfers/queries/batches'
import { linesOf } from '#transfers/queries/lines'

/** The acts of a preparer and of the signers, each on the version as it stands. */
export async function at(batchId: number) {
  const { version } = await batchById(batchId)
  return { batchId, version }
}

export async function prepare(
  input: BatchInput,
  rule: Omit<RuleInput, 'batchId' | 'version'>,
  actor: Actor
): Promise<number> {
  const batchId = await createBatch(input, actor)
  await buildLinesByRule({ ...(await at(batchId)), ...rule }, actor)
  return batchId
}

export async function check(batchId: number, actor: Actor) {
  return checkBatch(await at(batchId), actor)
}

export async function splitWaiting(batchId: number, title: string, actor: Actor) {
  return splitWaitingLines({ ...(await at(batchId)), title }, actor)
}

export async function submit(batchId: number, actor: Actor) {
  await check(batchId, actor)
  await submitBatch(await at(batchId), actor)
}

export async function sign(batchId: number, step: StepName, comment: string, actor: Actor) {
  const grant = actor.authorize(capabilityOf(step))
  await approveStep({ ...(await at(batchId)), step, comment, grant }, actor)
}

/** Another effective date: the batch waited for its decision. */
export async function moveTo(batchId: number, effectiveOn: string, actor: Actor) {
  const { version, title, documentNo, reason } = await batchById(batchId)
  await editBatch({ batchId, version, title, documentNo, reason, effectiveOn }, actor)
}

/** Targets for people whose old post maps to none: the first post with room that their grade fits. */
export async function placeByHand(batchId: number, posts: FreePost[], actor: Actor) {
  const lines = (await linesOf(batchId)).filter((line) => line.personId !== null)
  const room = new Map(posts.map((post) => [post.id, post.room]))
  const targets = lines.flatMap((line) => {
    const post = posts.find(
      ({ id, range }) => room.get(id)! > 0 && fitsRange(line.grade as Grade, range)
    )
    if (!post) return []
    room.set(post.id, room.get(post.id)! - 1)
    return [{ lineId: line.id, departmentId: post.departmentId, postId: post.id }]
  })
  await setLineTargets({ ...(await at(batchId)), targets }, actor)
}

/** The last lines of a batch in a batch of their own, with the targets they had. */
export async function takeOut(
  batchId: number,
  count: number,
  title: string,
  toUnitId: number,
  actor: Actor
): Promise<number> {
  const { documentNo, effectiveOn, reason } = await batchById(batchId)
  const lines = (await linesOf(batchId)).slice(-count)
  const lineIds = lines.map(({ id }) => id)
  await removeLines({ ...(await at(batchId)), lineIds }, actor)
  const newId = await createBatch({ title, documentNo, effectiveOn, reason }, actor)
  const entries = lines.map((line) => ({
    assignmentId: line.assignmentId!,
    postId: line.toPostId,
  }))
  await addLinesFromList({ ...(await at(newId)), toUnitId, withQuota: true, entries }, actor)
  return newId
}

export interface FreePost {
  id: number
  departmentId: number
  range: GradeRange | null
  room: number
}

/**
 * Establishment posts of a unit outside of business, with the headcount that nobody holds on the date.
 * The posts of the new functions (N) are left to open recruitment.
 */
export async function freePosts(unitId: number, date: string): Promise<FreePost[]> {
  const rows = await db
    .from('posts')
    .leftJoin('assignments', (join) =>
      join.on('assignments.post_id', 'posts.id').andOnVal('assignments.open_main', 1)
    )
    .where({ 'posts.unit_id': unitId, 'posts.employment_type': 'establishment' })
    .whereNot('posts.nature', 'commercial')
    .whereNotIn('posts.code', ['N01', 'N02', 'N03', 'N04'])
    .where('posts.valid_from', '<=', date)
    .groupBy('posts.id', 'posts.department_id', 'posts.headcount', 'posts.code')
    .groupBy('posts.grade_top', 'posts.grade_bottom')
    .orderBy('posts.code', 'desc')
    .select('posts.id', 'posts.department_id', 'posts.headcount')
    .select('posts.grade_top', 'posts.grade_bottom')
    .count('assignments.id as held')
  return rows.map((row) => {
    const read = gradeRange({ top: row.grade_top, bottom: row.grade_bottom })
    return {
      id: Number(row.id),
      departmentId: Number(row.department_id),
      range: read.ok ? read.range : null,
      room: Number(row.headcount ?? 0) - Number(row.held),
    }
  })
}
