import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/actions/record'
import { proposeGrant } from '#accounts/actions/grants'
import { buildActor } from '#accounts/queries/build_actor'
import { recordDocument } from '#decisions/actions/record_document'
import { approveRequest, submitRequest } from '#organization/actions/quota_requests/move_request'
import { createRequest } from '#organization/actions/quota_requests/save_request'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { inTransaction } from '#shared/database'
import { enterStaff, type Cast } from './cast.js'

/** What lies on the desks beside the batches: requests to use quota, grants, a locked account. */
export async function fillDesks(cast: Cast, centre: number, today: string, documentNo: string) {
  await requestQuota(cast, centre, today, documentNo)
  await proposeGrants(cast)
  await lockedStaff()
}

/** One request was granted and its seats are reserved, one waits for 编办. */
async function requestQuota(cast: Cast, centre: number, today: string, documentNo: string) {
  const hr2 = await cast.hr2()
  const posts = await db
    .from('posts')
    .where('unit_id', centre)
    .whereIn('code', ['N01', 'N04'])
    .orderBy('code')
    .select('id', 'name')
  const requests = []
  for (const [index, post] of posts.entries()) {
    const id = await createRequest(
      {
        unitId: centre,
        fundingType: 'full',
        category: 'professional',
        postId: Number(post.id),
        quantity: 2 + index,
        reason: `${post.name}岗位公开招聘`,
        expiresOn: addMonths(today, 3),
      },
      hr2
    )
    await submitRequest({ requestId: id, version: 1 }, hr2)
    requests.push(id)
  }
  const approver = await cast.bianban()
  const documentId = await inTransaction((trx) => recordDocument(trx, approver, { documentNo }))
  const row = await db.from('quota_requests').where('id', requests[0]).firstOrFail()
  await approveRequest(
    {
      requestId: requests[0],
      version: Number(row.version),
      grant: approver.authorize('quota.approve'),
      documentId,
    },
    approver
  )
}

/** Each security administrator finds a grant that the other one proposed. */
async function proposeGrants(cast: Cast) {
  const wanted = [
    ['security1', 'renshe', 'auditor'],
    ['security2', 'lgoffice', 'hr_officer'],
  ] as const
  for (const [proposer, receiver, role] of wanted) {
    const { userId } = await cast[receiver]()
    await proposeGrant(
      {
        userId: userId!,
        role,
        scope: 'all',
        validFrom: clock.today(),
        validTo: addMonths(clock.today(), 6),
        reason: '改革期间协助',
      },
      await cast[proposer]()
    )
  }
}

/** A member of staff whose password was guessed at; the system administrator and audit see it. */
async function lockedStaff() {
  const person = await db
    .from('persons')
    .join('assignments', 'assignments.person_id', 'persons.id')
    .where({ 'assignments.open_main': 1, 'assignments.employment_type': 'contract' })
    .orderBy('persons.id')
    .select('persons.id', 'persons.name')
    .firstOrFail()
  const userId = await enterStaff('staff2', { id: Number(person.id), name: person.name })
  const staff = await buildActor(userId)
  await inTransaction(async (trx) => {
    const locked = { failed_sign_ins: 5, locked_until: clock.in(30 * 60) }
    await trx.from('users').where('id', userId).update(locked)
    await record(trx, staff, {
      action: 'accounts.session.locked',
      subjectType: 'user',
      subjectId: userId,
    })
  })
}
