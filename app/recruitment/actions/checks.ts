import type { Actor } from '#shared/actor'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { APPLICATION_MOVES } from '../domain/states.js'
import { applicationById, applicationList, type ApplicationRow } from '../queries/applications.js'
import { holdPlanOf } from './hold_plan.js'
import { logApplication, refuse, refuseField } from './log.js'
import { choose } from './move_plan.js'
import { refuseOwn } from './review.js'

const CHECKING = ['checks', 'hiring']
const DROPPING = ['checks', 'publicity', 'hiring']

export interface CheckInput {
  applicationId: number
  version: number
  kind: 'background' | 'medical'
  result: 'passed' | 'failed'
  note: string | null
}

/** Background check (考察) or medical (体检). Both passed: the person passes; one failed: dropped. */
export async function recordCheck(input: CheckInput, actor: Actor, trx?: Trx) {
  if (input.result === 'failed' && !input.note) refuseField('note', 'reason_needed')
  await inTransaction(async (client) => {
    await holdPlanOf(client, input.applicationId)
    const before = await applicationById(input.applicationId, client)
    refuseOwn(before, actor)
    if (before.state !== 'candidate' || !CHECKING.includes(before.recruitmentState)) {
      throw new MoveError({ id: before.id, verb: input.kind })
    }
    if (input.kind === 'medical' && before.background !== 'passed') refuse('background_first')
    await updateVersioned(client, 'recruitment_applications', before.id, input.version, {
      [input.kind]: input.result,
      [`${input.kind}_note`]: input.note,
    })
    await logApplication(client, actor, `${input.kind}_checked`, before.id, {
      result: input.result,
    })
    const after = await applicationById(before.id, client)
    if (input.result === 'failed') await drop(client, after, input.note!, actor)
    else if (after.background === 'passed' && after.medical === 'passed') {
      await moveState(
        client,
        'recruitment_applications',
        { id: after.id, version: after.version },
        APPLICATION_MOVES,
        'pass'
      )
    }
  }, trx)
}

/** A candidate gives the place up, or an accepted objection takes it. */
export async function dropCandidate(
  input: { applicationId: number; version: number; reason: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await holdPlanOf(client, input.applicationId)
    const application = await applicationById(input.applicationId, client)
    refuseOwn(application, actor)
    if (!DROPPING.includes(application.recruitmentState)) {
      throw new MoveError({ id: application.id, verb: 'drop' })
    }
    await drop(client, { ...application, version: input.version }, input.reason, actor)
  }, trx)
}

/**
 * 递补, once: the next of the ranking takes the place of somebody who was chosen first. Who came in
 * that way is not replaced again.
 */
async function drop(trx: Trx, application: ApplicationRow, reason: string, actor: Actor) {
  const { id, version } = application
  await moveState(trx, 'recruitment_applications', { id, version }, APPLICATION_MOVES, 'drop', {
    drop_reason: reason,
  })
  await logApplication(trx, actor, 'dropped', id, { reason })
  if (application.backfill) return
  const next = await nextInLine(trx, application)
  if (!next) return
  await choose(trx, next, true)
  await logApplication(trx, actor, 'backfilled', next.id, { instead_of: application.number })
}

/** Nothing but a further test parts people of one rank: it must be held before one of them comes in. */
async function nextInLine(trx: Trx, application: ApplicationRow): Promise<ApplicationRow | null> {
  const people = await applicationList(
    { recruitmentId: application.recruitmentId, postId: application.recruitmentPostId },
    trx
  )
  const [next, ...others] = people
    .filter(({ state, rankNo }) => state === 'qualified' && rankNo !== null)
    .sort((one, other) => one.rankNo! - other.rankNo!)
  if (!next) return null
  const tied = others.filter(({ rankNo }) => rankNo === next.rankNo)
  if (tied.length) {
    const names = [next, ...tied].map(({ name }) => name).join('、')
    refuse('tie', { post: application.postName, names })
  }
  return next
}
