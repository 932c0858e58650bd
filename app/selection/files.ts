import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { seal, sha256 } from '#shared/crypto'
import { insertRow, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { storageDir } from '#shared/operations/places'

/** Evidence and scans lie encrypted on disk, outside `public`; who may open one asks its record. */
export const SELECTION_FILE = 'selection:file'
const MOST_BYTES = 10 * 1024 * 1024
const KINDS = [
  { mime: 'application/pdf', starts: '%PDF-' },
  { mime: 'image/png', starts: '\x89PNG' },
  { mime: 'image/jpeg', starts: '\xff\xd8\xff' },
]

export interface Upload {
  storageKey: string
  name: string
  mime: string
  size: number
  sha256: string
}

/** Puts an uploaded PDF or picture into the storage; told by its content, not by its name. */
export async function storeUpload(path: string, name: string): Promise<Upload> {
  const bytes = await readFile(path)
  const head = bytes.subarray(0, 8).toString('latin1')
  const kind = KINDS.find(({ starts }) => head.startsWith(starts))
  if (!kind || bytes.length > MOST_BYTES) {
    throw new DomainError('selection.errors.file_unfit', {}, [
      { field: 'file', code: 'selection.errors.file_unfit' },
    ])
  }
  const storageKey = `selection/${clock.today().slice(0, 7)}/${randomUUID()}`
  const target = join(storageDir(), storageKey)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, seal(bytes.toString('base64'), SELECTION_FILE), { mode: 0o600 })
  const { mime } = kind
  return { storageKey, name: name.slice(-255), mime, size: bytes.length, sha256: sha256(bytes) }
}

/** Takes a stored file back whose record was refused. */
export async function dropUpload(upload: Upload | null) {
  if (upload) await rm(join(storageDir(), upload.storageKey), { force: true })
}

export function keepFile(
  trx: Trx,
  actor: Actor,
  upload: Upload,
  subjectType: string,
  subjectId: number
): Promise<number> {
  return insertRow(trx, 'files', {
    storage_key: upload.storageKey,
    name: upload.name,
    mime: upload.mime,
    size: upload.size,
    sha256: upload.sha256,
    subject_type: subjectType,
    subject_id: subjectId,
    uploaded_by: actor.userId,
    created_at: clock.now(),
  })
}
