import type { Actor } from '#shared/actor'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { shortfallsOf } from '../domain/requirements.js'
import { APPLICATION_MOVES } from '../domain/states.js'
import { applicationById, type ApplicationRow } from '../queries/applications.js'
import { recruitmentById } from '../queries/recruitments.js'
import { recruitmentPostById } from '../queries/recruitment_posts.js'
import { holdPlanOfPost, sharePlanOf } from './hold_plan.js'
import { logApplication, logPlan, refuse, refuseField } from './log.js'

export interface ReviewInput {
  applicationId: number
  version: number
  verdict: 'qualify' | 'reject'
  /** Needed for a refusal: the applicant reads it. */
  reason: string | null
}

/**
 * Qualification review; a reason is also needed to qualify somebody who falls short of what is
 * measured. From the opening until the tests begin; never of one's own application.
 */
export async function reviewApplication(input: ReviewInput, actor: Actor, trx?: Trx) {
  if (input.verdict === 'reject' && !input.reason) refuseField('reason', 'reason_needed')
  await inTransaction(async (client) => {
    await sharePlanOf(client, input.applicationId)
    const application = await applicationById(input.applicationId, client)
    refuseOwn(application, actor)
    if (!['open', 'review'].includes(application.recruitmentState)) refuse('review_over')
    if (input.verdict === 'qualify' && !input.reason && (await fallsShort(client, application))) {
      refuseField('reason', 'shortfall_reason')
    }
    await moveState(
      client,
      'recruitment_applications',
      { id: application.id, version: input.version },
      APPLICATION_MOVES,
      input.verdict,
      { review_reason: input.reason, reviewed_by: actor.userId }
    )
    await logApplication(
      client,
      actor,
      input.verdict === 'qualify' ? 'qualified' : 'rejected',
      application.id,
      { reason: input.reason }
    )
  }, trx)
}

async function fallsShort(trx: Trx, application: ApplicationRow): Promise<boolean> {
  const { applyTo, minYears } = await recruitmentById(application.recruitmentId, trx)
  const post = await recruitmentPostById(application.recruitmentPostId, trx)
  return shortfallsOf({ ...post, minYears }, application, applyTo).length > 0
}

export interface SettlePostInput {
  recruitmentPostId: number
  version: number
  /** Fewer places than planned; 0 gives the post up. */
  places: number
  /** Opens the post below the ratio. */
  ratioDocumentId: number | null
}

/** A post without enough qualified people: fewer places, none, or opened by a document. */
export async function settlePost(input: SettlePostInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await holdPlanOfPost(client, input.recruitmentPostId)
    const post = await recruitmentPostById(input.recruitmentPostId, client)
    const plan = await client.from('recruitments').where('id', post.recruitmentId).firstOrFail()
    if (plan.state !== 'review') refuse('post_fixed')
    if (input.places > post.plannedPlaces) {
      refuseField('places', 'more_places', { planned: post.plannedPlaces })
    }
    await updateVersioned(client, 'recruitment_posts', post.id, input.version, {
      places: input.places,
      ratio_document_id: input.ratioDocumentId,
    })
    await logPlan(client, actor, 'post_settled', post.recruitmentId, {
      post: post.name,
      places: [post.places, input.places],
      document_id: input.ratioDocumentId,
    })
  }, trx)
}

/** Nobody judges the own application. */
export function refuseOwn(application: ApplicationRow, actor: Actor) {
  if (actor.isSelf(application.personId)) throw new DomainError('recruitment.errors.own')
}
