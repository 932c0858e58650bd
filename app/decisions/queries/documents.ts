import db from '@adonisjs/lucid/services/db'
import type { Client } from './client.js'
import { DomainError, NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'

export interface DocumentRow {
  id: number
  documentNo: string
  title: string
  issuer: string | null
  issuedOn: string | null
  fileId: number | null
  version: number
}

export async function documentById(id: number, client: Client = db): Promise<DocumentRow> {
  const row = await client.from('documents').where('id', id).first()
  if (!row) throw new NotFoundError('document')
  return documentOf(row)
}

/** Newest first; `text` is looked for in number, title and issuer. */
export async function documentPage(filters: {
  text: string | null
  cursor: string | null
}): Promise<KeysetPage<DocumentRow>> {
  const page = await keysetPage<any>(matching(filters.text).select('*'), {
    column: 'id',
    idColumn: 'id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(documentOf) }
}

export async function findDocuments(text: string | null, limit: number): Promise<DocumentRow[]> {
  return (await matching(text).orderBy('id', 'desc').limit(limit)).map(documentOf)
}

/**
 * The document that a form names: the id that the picker sends, or its number as somebody typed
 * it. Empty gives null; an unknown one is refused at the field.
 */
export async function documentIdFrom(
  value: string | number | null | undefined,
  field = 'document_id',
  client: Client = db
): Promise<number | null> {
  if (value === null || value === undefined || value === '') return null
  const text = String(value)
  const query = client.from('documents').select('id')
  const row = /^\d+$/.test(text)
    ? await query.where('id', Number(text)).first()
    : await query.where('document_no', text.trim()).first()
  if (!row) {
    throw new DomainError('decisions.errors.unknown_document', { document: text.slice(0, 120) }, [
      {
        field,
        code: 'decisions.errors.unknown_document',
        params: { document: text.slice(0, 120) },
      },
    ])
  }
  return Number(row.id)
}

/** As `documentIdFrom`, and one must be named. */
export async function requiredDocument(
  value: string | number | null | undefined,
  field = 'document_id'
): Promise<number> {
  const id = await documentIdFrom(value, field)
  if (id === null) {
    throw new DomainError('decisions.errors.document_required', {}, [
      { field, code: 'decisions.errors.document_required' },
    ])
  }
  return id
}

function matching(text: string | null) {
  const query = db.from('documents')
  if (text) {
    const like = `%${text.replace(/[\\%_]/g, '')}%`
    query.where((where) =>
      where
        .where('document_no', 'like', like)
        .orWhere('title', 'like', like)
        .orWhere('issuer', 'like', like)
    )
  }
  return query
}

function documentOf(row: any): DocumentRow {
  return {
    id: Number(row.id),
    documentNo: row.document_no,
    title: row.title,
    issuer: row.issuer,
    issuedOn: row.issued_on,
    fileId: row.file_id === null ? null : Number(row.file_id),
    version: Number(row.version),
  }
}
