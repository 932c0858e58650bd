import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Row, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { moveState, type Transitions } from '#shared/transitions'
import { extensionById, type ExtensionRow } from '../queries/extensions.js'
import { partById } from '../queries/parts.js'
import { insertOnce, refuse } from '../guards.js'
import { holdTaskOf } from './hold_rows.js'
import { restartClock } from './orders.js'

export type ExtensionState = 'submitted' | 'approved' | 'refused'
const MOVES: Transitions<ExtensionState, 'approve' | 'refuse'> = {
  approve: { from: ['submitted'], to: 'approved' },
  refuse: { from: ['submitted'], to: 'refused' },
}

/** A unit asks for more time, before the deadline and once at a time; returns the request's id. */
export async function askExtension(
  input: { partId: number; untilOn: string; reason: string; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await holdTaskOf(client, input.partId)
    const part = await partById(input.partId, client)
    if (part.state !== 'open' || part.taskState !== 'active' || !part.dueOn) {
      throw new MoveError({ id: part.id, verb: 'extend' })
    }
    if (clock.today() > part.dueOn) {
      throw new DomainError('governance.errors.asked_too_late', { day: part.dueOn })
    }
    if (input.untilOn <= part.dueOn) refuse('until_on', 'not_later', { day: part.dueOn })
    const id = await insertExtension(client, {
      part_id: part.id,
      from_on: part.dueOn,
      until_on: input.untilOn,
      reason: input.reason,
      state: 'submitted',
      asked_by: actor.userId,
    })
    await record(client, actor, {
      action: 'governance.part.extension_asked',
      subjectType: 'task_part',
      subjectId: part.id,
      changes: { due_on: [part.dueOn, input.untilOn], reason: input.reason },
      grant: input.grant,
    })
    return id
  }, trx)
}

interface DecideInput {
  extensionId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** Grants it while the part is not done: its day moves, and the clock of its order begins another run to that day. */
export async function approveExtension(input: DecideInput, actor: Actor, trx?: Trx) {
  await decide(input, 'approve', actor, trx, async (client, extension) => {
    const part = await partById(extension.partId, client)
    const isDone = part.state === 'accepted' || part.state === 'ended'
    if (isDone || part.dueOn !== extension.fromOn)
      throw new MoveError({ id: part.id, verb: 'extend' })
    await updateVersioned(client, 'task_parts', part.id, part.version, {
      due_on: extension.untilOn,
    })
    await restartClock(client, part.id, extension.untilOn)
  })
}

export function refuseExtension(input: DecideInput & { comment: string }, actor: Actor, trx?: Trx) {
  return decide(input, 'refuse', actor, trx, async () => {})
}

async function decide(
  input: DecideInput,
  verb: 'approve' | 'refuse',
  actor: Actor,
  trx: Trx | undefined,
  effect: (client: Trx, extension: ExtensionRow) => Promise<void>
) {
  await inTransaction(async (client) => {
    const extension = await extensionById(input.extensionId, client)
    if (actor.actsAs(extension.askedBy, input.grant)) {
      throw new DomainError('governance.errors.same_person')
    }
    const { id } = extension
    await moveState(client, 'task_extensions', { id, version: input.version }, MOVES, verb, {
      decided_by: actor.userId,
      decided_at: clock.now(),
      comment: input.comment ?? null,
    })
    await effect(client, extension)
    await record(client, actor, {
      action: `governance.part.extension_${verb === 'approve' ? 'approved' : 'refused'}`,
      subjectType: 'task_part',
      subjectId: extension.partId,
      changes: {
        due_on: verb === 'approve' ? [extension.fromOn, extension.untilOn] : extension.fromOn,
        comment: input.comment ?? null,
      },
      grant: input.grant,
    })
  }, trx)
}

function insertExtension(trx: Trx, row: Row): Promise<number> {
  const request = { ...row, version: 1, created_at: clock.now() }
  return insertOnce(trx, 'task_extensions', request, () => {
    throw new DomainError('governance.errors.extension_waits')
  })
}
