import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import { enqueue } from '#shared/jobs/queue'
import type { JobContext } from '#shared/jobs/registry'
import { importsPort } from '#shared/ports/imports'
import { moveState } from '#shared/transitions'
import { authorizeToRun } from '../access.js'
import { jobKey } from '../domain/job_key.js'
import { IMPORT_MOVES } from '../domain/states.js'
import { contextOf, importById, type ImportRecord } from '../queries/import_row.js'
import { rowsToCommit } from '../queries/stored_rows.js'

export interface CommitInput {
  id: number
  version: number
  /** Yes to everything the dry run asks to be confirmed. */
  confirmed: boolean
  /** False: the caller commits at once instead of the queue. */
  queue?: boolean
}

/** Who started it: the job acts under this name. */
export interface CommitPayload {
  importId: number
  actorId: number | null
  personId: number | null
  actorName: string
  requestId: string | null
}

/** Starts the commit of a dry run. What has to be confirmed must be, or it is refused. */
export async function commitImport(input: CommitInput, actor: Actor): Promise<void> {
  const before = await importById(input.id)
  authorizeToRun(actor, before)
  if (before.totals && before.totals.confirmations.length > 0 && !input.confirmed) {
    const field = { field: 'confirmed', code: 'imports.errors.confirm' }
    throw new DomainError('imports.errors.confirm', {}, [field])
  }
  await inTransaction(async (trx) => {
    await moveState(trx, 'imports', input, IMPORT_MOVES, 'commit', {
      committed_by: actor.userId,
      confirmed: input.confirmed,
      error: null,
    })
    if (input.queue === false) return
    const payload: CommitPayload = {
      importId: input.id,
      actorId: actor.userId,
      personId: actor.personId,
      actorName: actor.name,
      requestId: actor.requestId,
    }
    const key = jobKey('commit', before)
    await enqueue(trx, { kind: 'imports.commit', key, payload, createdBy: actor.userId })
  })
}

/** The job: acts in the name of who started it. */
export async function commitJob({ payload, progress }: JobContext<CommitPayload>) {
  const { actorId, personId, actorName, requestId } = payload
  const actor = new Actor(actorId, personId, actorName, 'zh-CN', [], requestId)
  await writeImport(payload.importId, actor, progress)
}

/**
 * Writes what the dry run found. Everything that can be made ready is made ready before; then one
 * transaction moves the state and writes all, or nothing: a process that is killed leaves the
 * import as it was and the job runs again. Facts that changed since the dry run send it back.
 */
export async function writeImport(
  importId: number,
  actor: Actor,
  progress: JobContext['progress'] = async () => {}
): Promise<void> {
  const found = await importById(importId)
  if (found.state !== 'committing') return
  const definition = importsPort.get(found.definition)
  const context = contextOf(found)
  try {
    const total = found.totals?.rows ?? 0
    await progress({ done: 0, total })
    const plan = await definition.prepare(context, rowsToCommit(found))
    await inTransaction(async (trx) => {
      await moveState(trx, 'imports', found, IMPORT_MOVES, 'finish_commit', {
        committed_at: clock.now(),
      })
      const committed = await definition.write(trx, actor, context, plan)
      const totals = JSON.stringify({ ...found.totals, committed })
      await trx.from('imports').where('id', importId).update({ totals })
      await record(trx, actor, {
        action: 'imports.import.committed',
        subjectType: 'import',
        subjectId: importId,
        changes: { as_of: context.asOf, ...committed },
      })
    })
    await progress({ done: total, total })
  } catch (error) {
    if (error instanceof DomainError) await sendBack(found, error)
    throw error
  }
}

async function sendBack(found: ImportRecord, error: DomainError) {
  await inTransaction((trx) =>
    moveState(trx, 'imports', found, IMPORT_MOVES, 'refuse_commit', {
      error: JSON.stringify({ key: error.key, params: error.params }),
    })
  )
}
