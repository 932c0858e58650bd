import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  affected,
  insertRow,
  isUniqueViolation,
  readTooEarly,
  updateVersioned,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'

export interface DocumentInput {
  documentNo: string
  title?: string | null
  issuer?: string | null
  issuedOn?: string | null
  fileId?: number | null
}

/**
 * Finds the document with this number or makes it; returns its id. What an earlier mention left
 * out (an import knows only the number) is filled in, nothing that is there is changed.
 */
export async function recordDocument(
  trx: Trx,
  actor: Actor,
  input: DocumentInput
): Promise<number> {
  const documentNo = input.documentNo.trim()
  if (!documentNo) throw new DomainError('decisions.errors.document_required')
  const found = await trx.from('documents').where('document_no', documentNo).first()
  if (found) return complete(trx, actor, found, input)
  try {
    const id = await insertRow(trx, 'documents', {
      document_no: documentNo,
      title: input.title?.trim() || documentNo,
      issuer: input.issuer ?? null,
      issued_on: input.issuedOn ?? null,
      file_id: input.fileId ?? null,
      created_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await record(trx, actor, {
      action: 'decisions.document.recorded',
      subjectType: 'document',
      subjectId: id,
      changes: { document_no: documentNo, title: input.title ?? null },
    })
    return id
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // A locking read sees the row that another transaction has just committed.
    const row = await trx
      .from('documents')
      .where('document_no', documentNo)
      .forUpdate()
      .firstOrFail()
    return complete(trx, actor, row, input)
  }
}

async function complete(trx: Trx, actor: Actor, found: any, input: DocumentInput) {
  const id = Number(found.id)
  const missing: Record<string, unknown> = {}
  if (input.title && found.title === found.document_no) missing.title = input.title.trim()
  if (input.issuer && !found.issuer) missing.issuer = input.issuer
  if (input.issuedOn && !found.issued_on) missing.issued_on = input.issuedOn
  if (input.fileId && !found.file_id) missing.file_id = input.fileId
  if (missing.title === found.title) delete missing.title
  if (Object.keys(missing).length === 0) return id
  const completed = await trx
    .from('documents')
    .where({ id, version: found.version })
    .update({ ...missing, version: Number(found.version) + 1, updated_at: clock.now() })
  if (!affected(completed)) throw readTooEarly()
  await record(trx, actor, {
    action: 'decisions.document.completed',
    subjectType: 'document',
    subjectId: id,
    changes: missing,
  })
  return id
}

/** Corrects title, issuer or date of a document; its number stays, others name it. */
export async function editDocument(
  trx: Trx,
  actor: Actor,
  id: number,
  input: { title: string; issuer: string | null; issuedOn: string | null; version: number }
) {
  const before = await trx.from('documents').where('id', id).firstOrFail()
  const values = { title: input.title, issuer: input.issuer, issued_on: input.issuedOn }
  await updateVersioned(trx, 'documents', id, input.version, values)
  await record(trx, actor, {
    action: 'decisions.document.edited',
    subjectType: 'document',
    subjectId: id,
    changes: {
      title: [before.title, values.title],
      issuer: [before.issuer, values.issuer],
      issued_on: [before.issued_on, values.issued_on],
    },
  })
}
