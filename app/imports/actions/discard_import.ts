import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { afterCommit, inTransaction } from '#shared/database'
import { moveState } from '#shared/transitions'
import { authorizeToRun } from '../access.js'
import { IMPORT_MOVES } from '../domain/states.js'
import { dropFile } from '../files.js'
import { importById } from '../queries/import_row.js'
import { clearRows } from './stage_rows.js'

/** Throws an upload away that was not committed: its rows and its file go, the record stays. */
export async function discardImport(input: { id: number; version: number }, actor: Actor) {
  const found = await importById(input.id)
  authorizeToRun(actor, found)
  await inTransaction(async (trx) => {
    await moveState(trx, 'imports', input, IMPORT_MOVES, 'discard', { file_id: null })
    const file = await trx.from('files').where('id', found.fileId!).first()
    await trx.from('files').where('id', found.fileId!).delete()
    await record(trx, actor, {
      action: 'imports.import.discarded',
      subjectType: 'import',
      subjectId: input.id,
    })
    if (file) afterCommit(trx, () => dropFile(file.storage_key))
  })
  await clearRows(input.id)
}
