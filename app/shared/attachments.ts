import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { seal, sha256 } from '#shared/crypto'
import { insertRow, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { storageDir } from '#shared/operations/places'

/** What the body parser hands over; only these fields are used. */
export interface Upload {
  tmpPath?: string
  clientName: string
  size: number
}

export interface Attachment {
  id: number
  subjectType: string
  subjectId: number
  name: string
  mime: string
  size: number
}

interface Stored {
  storageKey: string
  name: string
  mime: string
  size: number
  sha256: string
}

/** What the bytes are sealed for; `audit/actions/open_file.ts` alone opens them again. */
export const ATTACHMENT = 'attachment'
export const MAX_ATTACHMENTS = 10
export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024

/** Papers and pictures; told by their first bytes and, where those are shared, by the name as well. */
const KINDS: ReadonlyArray<readonly [ending: string, mime: string, start: string]> = [
  ['pdf', 'application/pdf', '25504446'],
  ['png', 'image/png', '89504e47'],
  ['jpg', 'image/jpeg', 'ffd8ff'],
  ['jpeg', 'image/jpeg', 'ffd8ff'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', '504b0304'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', '504b0304'],
]

/**
 * Runs a writing action with uploaded files: they are checked, laid encrypted into the storage and
 * given to `body`, which attaches them in its own transaction. What nobody attached (a refusal, the
 * same form sent twice) is removed again.
 */
export async function withUploads<T>(
  uploads: readonly Upload[],
  body: (attach: (trx: Trx, to: AttachTo) => Promise<void>) => Promise<T>
): Promise<T> {
  const stored = await storeAll(uploads)
  let attached = false
  try {
    const result = await body(async (trx, to) => {
      for (const file of stored) await insertRow(trx, 'files', rowOf(file, to))
      attached = true
    })
    if (!attached) await dropAll(stored)
    return result
  } catch (error) {
    await dropAll(stored)
    throw error
  }
}

export interface AttachTo {
  subjectType: string
  subjectId: number
  userId: number | null
}

/** Files of these records, oldest first. */
export async function attachmentsOf(
  subjectType: string,
  subjectIds: readonly number[]
): Promise<Attachment[]> {
  if (subjectIds.length === 0) return []
  const rows = await db
    .from('files')
    .where('subject_type', subjectType)
    .whereIn('subject_id', [...subjectIds])
    .orderBy('id')
  return rows.map(attachmentOf)
}

/** One file of a kind of record, or 404; who may open it is asked of the record. */
export async function attachmentById(subjectType: string, id: number): Promise<Attachment> {
  const row = await db.from('files').where({ id, subject_type: subjectType }).first()
  if (!row) throw new NotFoundError('file')
  return attachmentOf(row)
}

async function storeAll(uploads: readonly Upload[]): Promise<Stored[]> {
  if (uploads.length > MAX_ATTACHMENTS) refuse('too_many_files', { count: MAX_ATTACHMENTS })
  const kinds = []
  for (const upload of uploads) kinds.push(await kindOf(upload))
  const stored: Stored[] = []
  for (const [index, upload] of uploads.entries()) {
    const bytes = await readFile(upload.tmpPath!)
    const storageKey = `attachments/${clock.today().slice(0, 7)}/${randomUUID()}`
    const path = join(storageDir(), storageKey)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, seal(bytes.toString('base64'), ATTACHMENT), { mode: 0o600 })
    stored.push({
      storageKey,
      name: upload.clientName.slice(-255),
      mime: kinds[index],
      size: bytes.length,
      sha256: sha256(bytes),
    })
  }
  return stored
}

async function kindOf({ tmpPath, clientName, size }: Upload): Promise<string> {
  const name = clientName.slice(-120)
  if (!tmpPath || size === 0) refuse('empty_file', { name })
  if (size > MAX_ATTACHMENT_BYTES) refuse('large_file', { name })
  const file = await open(tmpPath!)
  const start = Buffer.alloc(8)
  await file.read(start, 0, 8, 0).finally(() => file.close())
  const ending = clientName.toLowerCase().split('.').at(-1)
  const kind = KINDS.find(
    ([known, , magic]) => known === ending && start.toString('hex').startsWith(magic)
  )
  if (!kind) refuse('unknown_file', { name })
  return kind![1]
}

function refuse(code: string, params: Record<string, string | number>): never {
  const key = `shared.errors.${code}`
  throw new DomainError(key, params, [{ field: 'files', code: key, params }])
}

async function dropAll(stored: readonly Stored[]) {
  for (const { storageKey } of stored) await rm(join(storageDir(), storageKey), { force: true })
}

function rowOf(file: Stored, to: AttachTo) {
  return {
    storage_key: file.storageKey,
    name: file.name,
    mime: file.mime,
    size: file.size,
    sha256: file.sha256,
    subject_type: to.subjectType,
    subject_id: to.subjectId,
    uploaded_by: to.userId,
    created_at: clock.now(),
  }
}

function attachmentOf(row: any): Attachment {
  return {
    id: Number(row.id),
    subjectType: row.subject_type,
    subjectId: Number(row.subject_id),
    name: row.name,
    mime: row.mime,
    size: Number(row.size),
  }
}
