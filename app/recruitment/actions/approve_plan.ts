import { lockPosts } from '#organization/actions/lock_posts'
import { createRequest } from '#organization/actions/quota_requests/save_request'
import { submitRequest, withdrawRequest } from '#organization/actions/quota_requests/move_request'
import { requestById } from '#organization/queries/quota_requests'
import { placesOf, type PostPlaces } from '#people/actions/check_post'
import { RESERVING } from '#organization/domain/request_states'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { RECRUITMENT_MOVES } from '../domain/states.js'
import { recruitmentById, type RecruitmentRow } from '../queries/recruitments.js'
import { announcedPlaces } from '../queries/announced_places.js'
import { recruitmentPosts, type RecruitmentPostRow } from '../queries/recruitment_posts.js'
import { logPlan, refuse } from './log.js'

export interface PlanMove {
  recruitmentId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** How long the seats stay reserved after the last day to apply. */
const MONTHS_RESERVED = 12

const POSTS = { table: 'recruitment_posts', post: 'post_id', owner: 'recruitment_id' }

/**
 * Hands the plan in. A 用编申请 for each post reserves its seats at once; no room:
 * `organization.errors.no_room`, and the plan stays where it was.
 */
export async function submitPlan(input: PlanMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await lockPosts(client, POSTS, input.recruitmentId)
    const plan = await recruitmentById(input.recruitmentId, client)
    await moveState(client, 'recruitments', versioned(input), RECRUITMENT_MOVES, 'submit', {
      prepared_by: actor.userId,
      comment: null,
    })
    for (const post of await recruitmentPosts(plan.id, client)) {
      await refuseWithoutPlaces(client, plan.id, post)
      const requestId = await createRequest(
        {
          unitId: plan.unitId,
          fundingType: plan.fundingType,
          category: post.category,
          postId: post.postId,
          quantity: post.places,
          reason: `${plan.number} ${plan.title}`,
          expiresOn: addMonths(plan.applyTo, MONTHS_RESERVED),
        },
        actor,
        client
      )
      await submitRequest({ requestId, version: 1 }, actor, client)
      await client
        .from('recruitment_posts')
        .where('id', post.id)
        .update({ quota_request_id: requestId })
    }
    await logPlan(client, actor, 'submitted', plan.id, { places: plan.places }, input.grant)
  }, trx)
}

/** Nobody is tested for a place that others hold, are moved to, will begin in, or apply for already. */
async function refuseWithoutPlaces(trx: Trx, planId: number, post: RecruitmentPostRow) {
  const row = await trx.from('posts').where('id', post.postId).firstOrFail()
  const { free } = await placesOf(trx, row as PostPlaces, clock.today())
  if (free === null) return
  const announced = await announcedPlaces([post.postId], planId, trx)
  const left = free - (announced.get(post.postId)?.places ?? 0)
  if (left >= post.places) return
  refuse('no_places', { post: post.name, free: Math.max(0, left), places: post.places })
}

/** Sends the plan back with the reason; its seats are free again. */
export async function returnPlan(input: PlanMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const plan = await recruitmentById(input.recruitmentId, client)
    refuseAuthor(plan, actor, input.grant)
    await moveState(client, 'recruitments', versioned(input), RECRUITMENT_MOVES, 'return', {
      comment: input.comment ?? null,
    })
    await releaseSeats(client, plan.id, actor)
    await logPlan(client, actor, 'returned', plan.id, { comment: input.comment }, input.grant)
  }, trx)
}

/** The personnel authority approves with its document, when 编办 has approved every seat. */
export async function approvePlan(
  input: PlanMove & { documentId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const plan = await recruitmentById(input.recruitmentId, client)
    refuseAuthor(plan, actor, input.grant)
    const waiting = (await recruitmentPosts(plan.id, client)).filter(
      ({ quotaRequestState }) => quotaRequestState !== 'approved'
    )
    if (waiting.length) {
      refuse('quota_not_approved', {
        requests: waiting.map(({ quotaRequestNo }) => quotaRequestNo ?? '—').join('、'),
      })
    }
    await moveState(client, 'recruitments', versioned(input), RECRUITMENT_MOVES, 'approve', {
      approved_by: actor.userId,
      approval_document_id: input.documentId,
      comment: null,
    })
    await logPlan(
      client,
      actor,
      'approved',
      plan.id,
      { document_id: input.documentId },
      input.grant
    )
  }, trx)
}

/** Ends a plan before anybody stands in the publicity: the seats go back, the reason is on record. */
export async function cancelPlan(input: PlanMove, actor: Actor, trx?: Trx) {
  if (!input.comment) refuse('reason_needed')
  await inTransaction(async (client) => {
    const plan = await recruitmentById(input.recruitmentId, client)
    await moveState(client, 'recruitments', versioned(input), RECRUITMENT_MOVES, 'cancel', {
      comment: input.comment,
    })
    await releaseSeats(client, plan.id, actor)
    await logPlan(client, actor, 'cancelled', plan.id, { comment: input.comment }, input.grant)
  }, trx)
}

/** What the requests of a plan that has ended still hold goes back to the vacant seats. */
export async function releaseSeats(trx: Trx, planId: number, actor: Actor) {
  for (const { quotaRequestId } of await recruitmentPosts(planId, trx)) {
    if (quotaRequestId === null) continue
    const request = await requestById(quotaRequestId, trx)
    if (!RESERVING.includes(request.state)) continue
    await withdrawRequest({ requestId: request.id, version: request.version }, actor, trx)
  }
}

export function versioned({ recruitmentId, version }: PlanMove) {
  return { id: recruitmentId, version }
}

function refuseAuthor(plan: RecruitmentRow, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(plan.preparedBy, grant)) {
    throw new DomainError('recruitment.errors.same_person')
  }
}
