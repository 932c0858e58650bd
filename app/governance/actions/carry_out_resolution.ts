import { record } from '#audit/actions/record'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { decisionById } from '#decisions/queries/decisions'
import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { Rhythm } from '../domain/tasks.js'
import { resolutionById, type ResolutionRow } from '../queries/resolutions.js'
import { taskById } from '../queries/tasks.js'
import { assignTask, createTask } from './tasks.js'

/** Turns a resolution into a task of its lead unit and hands it out, in one step; the task's id. */
export async function resolutionToTask(
  input: {
    resolutionId: number
    leadUnitId: number
    dueOn: string | null
    rhythm: Rhythm | null
  },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const resolution = await approved(client, input.resolutionId)
    const taskId = await createTask(
      {
        title: resolution.content.slice(0, 500),
        sourceKind: 'resolution',
        source: resolution.number!,
        resolutionId: resolution.id,
        bodyId: resolution.bodyId,
        leadUnitId: input.leadUnitId,
        dueOn: input.dueOn,
        rhythm: input.rhythm,
        criteria: null,
      },
      actor,
      client
    )
    const { version } = await taskById(taskId, client)
    await assignTask({ taskId, version }, actor, client)
    await tell(client, actor, 'to_task', resolution, { task_id: taskId })
    return taskId
  }, trx)
}

/**
 * Proposes the value of the missing decision that the resolution speaks about, with the minutes as
 * its document; a second person decides, as always.
 */
export async function resolutionToDecision(
  input: { resolutionId: number; version: number; fields: Record<string, unknown> },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const resolution = await approved(client, input.resolutionId)
    if (resolution.decisionId === null) throw new DomainError('governance.errors.no_decision')
    const decision = await decisionById(resolution.decisionId, client)
    await proposeDecision(
      {
        decisionId: decision.id,
        version: input.version,
        fields: input.fields,
        documentId: resolution.documentId!,
        effectiveOn: resolution.heldOn,
        reason: resolution.number,
      },
      actor,
      client
    )
    await tell(client, actor, 'to_decision', resolution, { decision_id: decision.id })
    return decision.id
  }, trx)
}

async function approved(trx: Trx, resolutionId: number): Promise<ResolutionRow> {
  const resolution = await resolutionById(resolutionId, trx)
  if (resolution.meetingState !== 'approved') {
    throw new DomainError('governance.errors.minutes_not_approved')
  }
  return resolution
}

function tell(
  trx: Trx,
  actor: Actor,
  done: string,
  resolution: ResolutionRow,
  changes: Record<string, unknown>
) {
  return record(trx, actor, {
    action: `governance.meeting.resolution_${done}`,
    subjectType: 'meeting',
    subjectId: resolution.meetingId,
    changes: { resolution: resolution.number, ...changes },
  })
}
