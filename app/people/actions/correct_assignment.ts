import type { Actor } from '#shared/actor'
import { inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { record } from '#audit/actions/record'
import { recordDocument } from '#decisions/actions/record_document'
import { postMovement } from '#organization/actions/quota/post_movement'
import { quotaCategoryOf, type Grade } from '#organization/domain/grades'
import { clock } from '#shared/clock'
import { freezePort } from '#shared/ports/freeze'
import { supersedeAssignment } from './supersede_assignment.js'

export interface AssignmentCorrection {
  assignmentId: number
  departmentId: number | null
  postId: number | null
  grade: Grade | null
  leaderPost: boolean
  /** The record was wrong; false: the person is given another post or duty from now on. */
  wasWrong: boolean
  reason: string
  documentNo: string
}

/**
 * Corrects what an assignment says of department, post, grade or leading post; the old row stays
 * as it was known. Another series of grade takes the filled seat along to its category. Gives the
 * new row's id. Throws people.errors.assignment_changed, nothing_changed, post_elsewhere,
 * grade_needed.
 */
export async function correctAssignment(input: AssignmentCorrection, actor: Actor, outer?: Trx) {
  return inTransaction(async (trx) => {
    const old = await trx.from('assignments').where('id', input.assignmentId).firstOrFail()
    const place = await placeIn(trx, Number(old.unit_id), input)
    const filled = old.employment_type === 'establishment'
    if (filled && !input.grade) throw fieldError('grade', 'grade_needed')
    const values: Row = {
      ...place,
      grade: input.grade,
      leader_post: input.leaderPost ? 1 : 0,
      quota_category: filled ? quotaCategoryOf(input.grade!) : null,
    }
    const changed = Object.keys(values).filter((name) => values[name] !== old[name])
    if (changed.length === 0) throw new DomainError('people.errors.nothing_changed')
    const documentId = await recordDocument(trx, actor, { documentNo: input.documentNo })
    await freezePort.pass(
      {
        act: 'people.assignment',
        unitIds: [Number(old.unit_id)],
        date: clock.today(),
        actor,
        reformDocumentId: documentId,
        personId: Number(old.person_id),
        subject: { type: 'assignment', id: input.assignmentId },
        allowed: input.wasWrong ? 'correction' : null,
      },
      trx
    )
    const id = await supersedeAssignment(trx, input.assignmentId, {
      ...values,
      document_id: documentId,
    })
    if (changed.includes('quota_category'))
      await takeSeatAlong(trx, actor, old, values, id, documentId)
    await record(trx, actor, {
      action: 'people.assignment.corrected',
      subjectType: 'person',
      subjectId: Number(old.person_id),
      changes: {
        assignment: input.assignmentId,
        ...Object.fromEntries(changed.map((name) => [name, [old[name], values[name]]])),
        reason: input.reason,
        document: documentId,
      },
    })
    return id
  }, outer)
}

/** A post brings its department; both must be of the assignment's own unit. */
async function placeIn(trx: Trx, unitId: number, input: AssignmentCorrection) {
  const { postId, departmentId } = input
  const post = postId
    ? await trx.from('posts').where({ id: postId, unit_id: unitId }).first()
    : null
  if (postId && !post) throw fieldError('post_id', 'post_elsewhere')
  const wanted = post ? Number(post.department_id) : departmentId
  if (wanted) {
    const department = await trx.from('departments').where({ id: wanted, unit_id: unitId }).first()
    if (!department) throw fieldError('department_id', 'department_elsewhere')
  }
  return { department_id: wanted, post_id: postId }
}

async function takeSeatAlong(
  trx: Trx,
  actor: Actor,
  old: Row,
  values: Row,
  assignmentId: number,
  documentId: number
) {
  const isOpen = old.valid_to === null && old.funding_type !== null && old.quota_category !== null
  if (!isOpen || old.kind !== 'main') return
  const account = old.over_quota ? ('over' as const) : ('filled' as const)
  const seat = { unitId: Number(old.unit_id), fundingType: old.funding_type, account }
  await postMovement(trx, actor, {
    key: `people.assignment:${assignmentId}:reclassification`,
    kind: 'reclassification',
    effectiveOn: clock.today(),
    documentId,
    subjectType: 'person',
    subjectId: Number(old.person_id),
    entries: [
      { ...seat, category: old.quota_category, amount: -1 },
      { ...seat, category: values.quota_category, amount: 1 },
    ],
  })
}

function fieldError(field: string, code: string) {
  return new DomainError(`people.errors.${code}`, {}, [{ field, code: `people.errors.${code}` }])
}
