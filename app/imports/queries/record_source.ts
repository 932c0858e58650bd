import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { importsPort } from '#shared/ports/imports'
import type { RecordSource } from '#shared/ports/record_sources'
import { maySee } from '../access.js'
import { importRecord } from './import_row.js'

/** Imports for the history of what they wrote: kind and file, no more for who may not see them. */
export const importSource = {
  type: 'import',
  deed: 'imports.import.committed',
  async describe(ids: readonly number[], actor: Actor): Promise<RecordSource[]> {
    const rows = await db.from('imports').whereIn('id', [...ids])
    return rows.map(importRecord).map((record) => ({
      id: record.id,
      titleKey: importsPort.get(record.definition).titleKey,
      name: record.fileName,
      url: maySee(actor, record) ? `/imports/${record.id}` : null,
    }))
  },
}
