import db from '@adonisjs/lucid/services/db'
import { deedsOn, type HistoryRow } from '#audit/queries/history'
import type { Actor } from '#shared/actor'
import { importsPort } from '#shared/ports/imports'
import { maySee } from '../access.js'
import { importRecord } from './import_row.js'

/**
 * The commits of some imports for the history of what they wrote: by whom and when, with kind and
 * file, and the address for an actor who may see the import.
 */
export async function commitHistoryOf(
  importIds: readonly number[],
  actor: Actor
): Promise<HistoryRow[]> {
  if (importIds.length === 0) return []
  const commits = await deedsOn('imports.import.committed', 'import', importIds)
  const rows = await db.from('imports').whereIn('id', [...importIds])
  return rows.map(importRecord).flatMap((record) => {
    const commit = commits.get(record.id)
    if (!commit) return []
    const source = {
      titleKey: importsPort.get(record.definition).titleKey,
      name: record.fileName,
      url: maySee(actor, record) ? `/imports/${record.id}` : null,
    }
    return [{ ...commit, source }]
  })
}
