import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { ActiveGrant, Actor } from '#shared/actor'
import { unseal } from '#shared/crypto'
import { inTransaction } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { storageDir } from '#shared/operations/places'
import { record } from './record.js'

export interface FileToOpen {
  fileId: number
  /** What the bytes were sealed for. */
  sealedFor: string
  /** `<module>.<thing>`: its event is `….file_opened`. */
  thing: string
  /** The record on whose page the opening is told. */
  subjectType: string
  subjectId: number
  /** The name may tell what must stay sealed: then the event has the number of the file alone. */
  hideName?: boolean
  grant?: ActiveGrant | null
}

/**
 * The bytes of an uploaded file, for who was let in already. It is the only reader of what people
 * hand in: that somebody opened a file is on record before it leaves.
 */
export async function openFile(
  file: FileToOpen,
  actor: Actor
): Promise<{ name: string; mime: string; body: Buffer }> {
  const row = await db.from('files').where('id', file.fileId).first()
  if (!row) throw new NotFoundError('file')
  const sealed = await readFile(join(storageDir(), row.storage_key), 'utf8')
  const body = Buffer.from(unseal(sealed, file.sealedFor), 'base64')
  const { thing, subjectType, subjectId, grant, hideName, fileId } = file
  await inTransaction((trx) =>
    record(trx, actor, {
      action: `${thing}.file_opened`,
      subjectType,
      subjectId,
      grant,
      changes: { file: hideName ? fileId : row.name },
    })
  )
  return { name: row.name, mime: row.mime, body }
}
