import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction } from '#shared/database'
import { MoveError } from '#shared/errors'
import { authorizeToRun } from '../access.js'
import { importById } from '../queries/import_row.js'
import { jobOf } from '../queries/import_job.js'

/** Puts the job of an import back into the queue that failed for a reason of the machine's. */
export async function retryImport({ id }: { id: number }, actor: Actor): Promise<void> {
  const found = await importById(id)
  authorizeToRun(actor, found)
  const job = await jobOf(found)
  await inTransaction(async (trx) => {
    const queued = await trx
      .from('jobs')
      .where({ id: job?.id ?? 0, state: 'failed' })
      .update({ state: 'queued', attempts: 0, run_after: clock.now(), error: null })
    if (!affected(queued)) throw new MoveError({ id, verb: 'retry' })
    await record(trx, actor, {
      action: 'imports.import.retried',
      subjectType: 'import',
      subjectId: id,
    })
  })
}
