import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { moveState, type Transitions } from '#shared/transitions'
import type { Stage } from '../domain/sheets.js'
import type { RecruitmentState } from '../domain/states.js'
import { applicationById, sharesRank } from '../queries/applications.js'
import { recruitmentById, type RecruitmentRow } from '../queries/recruitments.js'
import { scoreChangeById } from '../queries/scores.js'
import { holdPlanOf, holdPlanOfChange } from './hold_plan.js'
import { logApplication, refuse, refuseField } from './log.js'
import { callToInterview, rerank } from './close_stage.js'
import { refuseOwn } from './review.js'

const MOVES: Transitions<'submitted' | 'approved' | 'refused', 'approve' | 'refuse'> = {
  approve: { from: ['submitted'], to: 'approved' },
  refuse: { from: ['submitted'], to: 'refused' },
}

export interface ScoreChangeInput {
  applicationId: number
  stage: Stage
  /** Hundredths; null: absent. */
  score: number | null
  reason: string
  documentId: number
}

/** Asks to change a score after its stage was closed: an exception, with a document. */
export async function proposeScoreChange(input: ScoreChangeInput, actor: Actor, trx?: Trx) {
  return inTransaction(async (client) => {
    const application = await applicationById(input.applicationId, client)
    refuseOwn(application, actor)
    const plan = await recruitmentById(application.recruitmentId, client)
    assertChangeable(plan, input.stage)
    const before = input.stage === 'written' ? application.writtenScore : application.interviewScore
    if (before === input.score) refuseField('score', 'same_score')
    const id = await insertRow(client, 'recruitment_score_changes', {
      application_id: application.id,
      stage: input.stage,
      before_score: before,
      after_score: input.score,
      reason: input.reason,
      document_id: input.documentId,
      state: 'submitted',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await logApplication(client, actor, 'score_change_asked', application.id, {
      stage: input.stage,
      score: [before, input.score],
    })
    return id
  }, trx)
}

export interface DecideChangeInput {
  changeId: number
  version: number
  verdict: 'approve' | 'refuse'
  grant?: ActiveGrant | null
}

/** Another person signs it; the score changes and everybody of the post is ranked anew. */
export async function decideScoreChange(input: DecideChangeInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await holdPlanOfChange(client, input.changeId)
    const change = await scoreChangeById(input.changeId, client)
    if (actor.actsAs(change.preparedBy, input.grant)) refuse('same_person')
    refuseOwn(await applicationById(change.applicationId, client), actor)
    const plan = await recruitmentById(change.recruitmentId, client)
    await moveState(
      client,
      'recruitment_score_changes',
      { id: change.id, version: input.version },
      MOVES,
      input.verdict,
      { decided_by: actor.userId }
    )
    if (input.verdict === 'approve') {
      assertChangeable(plan, change.stage)
      const application = await applicationById(change.applicationId, client)
      await updateVersioned(
        client,
        'recruitment_applications',
        application.id,
        application.version,
        { [`${change.stage}_score`]: change.after }
      )
      if (plan.interviewClosedAt) await rerank(client, plan)
      else if (change.stage === 'written') await callToInterview(client, plan)
    }
    await logApplication(
      client,
      actor,
      input.verdict === 'approve' ? 'score_changed' : 'score_change_refused',
      change.applicationId,
      { stage: change.stage, score: [change.before, change.after] },
      input.grant
    )
  }, trx)
}

/** Until everybody is hired a place may come down to people whom nothing parts. */
const FURTHER_TEST: readonly RecruitmentState[] = ['tests', 'checks', 'publicity', 'hiring']

/**
 * The result of a further test between people whom nothing else parts, entered twice by two people:
 * the first entry waits, the second, alike, makes it count. Once it counts it stays.
 */
export async function enterExtraScore(
  input: { applicationId: number; version: number; score: number },
  actor: Actor,
  trx?: Trx
): Promise<'entered' | 'counted'> {
  return inTransaction(async (client) => {
    await holdPlanOf(client, input.applicationId)
    const application = await applicationById(input.applicationId, client)
    refuseOwn(application, actor)
    const plan = await recruitmentById(application.recruitmentId, client)
    if (!FURTHER_TEST.includes(plan.state) || !plan.interviewClosedAt) refuse('no_tests_now')
    if (application.extraScore !== null) refuse('extra_stands')
    if (application.rankNo === null || !(await sharesRank(application, client))) refuse('no_tie')
    const first = application.extraEnteredBy
    const isFirst = first === null || first === actor.userId
    if (!isFirst && application.extraEntered !== input.score) {
      refuseField('score', 'extra_differs')
    }
    const values = isFirst
      ? { extra_entered: input.score, extra_entered_by: actor.userId }
      : { extra_score: input.score }
    await updateVersioned(client, 'recruitment_applications', application.id, input.version, values)
    if (!isFirst) await rerank(client, plan)
    const done = isFirst ? 'extra_entered' : 'extra_scored'
    await logApplication(client, actor, done, application.id, { score: input.score })
    return isFirst ? 'entered' : 'counted'
  }, trx)
}

function assertChangeable(plan: RecruitmentRow, stage: Stage) {
  const closed = stage === 'written' ? plan.writtenClosedAt : plan.interviewClosedAt
  if (!closed) refuse('stage_still_open')
  // Once candidates are chosen a changed score would choose others: the plan has to go back there.
  if (plan.state !== 'tests') refuse('no_tests_now')
}
