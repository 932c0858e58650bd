import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { importsPort } from '#shared/ports/imports'
import { moveState } from '#shared/transitions'
import { authorizeToRun } from '../access.js'
import { IMPORT_MOVES } from '../domain/states.js'
import { contextOf, importById } from '../queries/import_row.js'

/**
 * Takes back everything that a commit wrote, in one transaction. Refused by the definition, with
 * the name of what depends on it, as soon as something does.
 */
export async function undoImport(input: { id: number; version: number }, actor: Actor) {
  const found = await importById(input.id)
  const definition = importsPort.get(found.definition)
  authorizeToRun(actor, found)
  await inTransaction(async (trx) => {
    await moveState(trx, 'imports', input, IMPORT_MOVES, 'undo', { undone_at: clock.now() })
    await definition.undo(trx, actor, contextOf(found))
    await record(trx, actor, {
      action: 'imports.import.undone',
      subjectType: 'import',
      subjectId: input.id,
    })
  })
}
