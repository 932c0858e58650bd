import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { CheckFinding } from '#shared/ports/db_checks'
import { storageDir } from './places.js'

/** Rows of `files` without a file on disk. Contents lie encrypted there and are checked when opened. */
export async function missingFiles(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  for (const row of await db.from('files').orderBy('id').select('id', 'storage_key')) {
    const info = await stat(join(storageDir(), row.storage_key)).catch(() => null)
    if (!info?.isFile()) {
      findings.push({
        check: 'files',
        detail: `files ${row.id}: ${row.storage_key} is not on disk`,
      })
    }
  }
  return findings
}
