import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { seal } from '#shared/crypto'
import { insertRow, inTransaction, type Trx } from '#shared/database'
import { moveState, type Transitions } from '#shared/transitions'
import { applicationById } from '../queries/applications.js'
import { objectionById } from '../queries/objections.js'
import { recruitmentById } from '../queries/recruitments.js'
import { dropCandidate } from './checks.js'
import { sharePlan } from './hold_plan.js'
import { logPlan, refuse } from './log.js'

const MOVES: Transitions<'open' | 'accepted' | 'rejected', 'accept' | 'reject'> = {
  accept: { from: ['open'], to: 'accepted' },
  reject: { from: ['open'], to: 'rejected' },
}

/** An objection that came in during the publicity, until its last day. */
export async function recordObjection(
  input: { recruitmentId: number; applicationId: number | null; content: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    // Hiring does not begin meanwhile.
    await sharePlan(client, input.recruitmentId)
    const plan = await recruitmentById(input.recruitmentId, client)
    if (plan.state !== 'publicity' || clock.today() > plan.publicityTo!) refuse('no_publicity')
    const id = await insertRow(client, 'recruitment_objections', {
      recruitment_id: plan.id,
      application_id: input.applicationId,
      content_sealed: seal(input.content, 'objection'),
      received_on: clock.today(),
      state: 'open',
      version: 1,
      created_at: clock.now(),
    })
    await logPlan(client, actor, 'objection_received', plan.id)
    return id
  }, trx)
}

/** Answers it; an accepted one takes the place from the person whom it names. */
export async function answerObjection(
  input: { objectionId: number; version: number; verdict: 'accept' | 'reject'; answer: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const objection = await objectionById(input.objectionId, client)
    await moveState(
      client,
      'recruitment_objections',
      { id: objection.id, version: input.version },
      MOVES,
      input.verdict,
      { answer: input.answer, answered_by: actor.userId }
    )
    if (input.verdict === 'accept' && objection.applicationId !== null) {
      const { id, version } = await applicationById(objection.applicationId, client)
      await dropCandidate({ applicationId: id, version, reason: input.answer }, actor, client)
    }
    await logPlan(client, actor, 'objection_answered', objection.recruitmentId, {
      verdict: input.verdict,
    })
  }, trx)
}
