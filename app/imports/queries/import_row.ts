import db from '@adonisjs/lucid/services/db'
import type { FoundFacts, ImportConfirmation, ImportContext } from '#shared/ports/imports'
import { NotFoundError } from '#shared/errors'
import type { Trx } from '#shared/database'
import type { ImportTotals } from '../domain/levels.js'
import type { MatchedSheet } from '../domain/recognise.js'
import type { ImportState } from '../domain/states.js'

/** What an import needs beside the rows: found at upload, then confirmed by the user. */
export interface ImportFacts {
  found: FoundFacts
  answers: Record<string, string>
  /** csv: how it was encoded; xlsx: null. */
  encoding: string | null
  partial: boolean
  /** Data rows as counted at upload; null: a large file is counted while it is checked. */
  rows: number | null
  /** The unit that it is about, for permissions. */
  unitId: number | null
  /** People who uploaded it and confirmed its facts. */
  importedBy?: number[]
}

/** Totals of the check, and after the commit what it did. */
export interface ImportResult extends ImportTotals {
  confirmations: ImportConfirmation[]
  committed?: Record<string, number>
}

export interface ImportRecord {
  id: number
  definition: string
  state: ImportState
  fileId: number | null
  fileName: string
  sheets: MatchedSheet[]
  facts: ImportFacts
  asOf: string | null
  totals: ImportResult | null
  error: { key: string; params: Record<string, string | number | null> } | null
  createdBy: number | null
  createdAt: string
  committedBy: number | null
  committedAt: string | null
  undoneAt: string | null
  version: number
}

/** One import; throws NotFoundError (404). */
export async function importById(id: number, client?: Trx): Promise<ImportRecord> {
  const row = await (client ?? db).from('imports').where({ id }).first()
  if (!row) throw new NotFoundError(`import ${id}`)
  return importRecord(row)
}

export function importRecord(row: Record<string, any>): ImportRecord {
  const json = (text: string | null) => (text === null ? null : JSON.parse(text))
  return {
    id: Number(row.id),
    definition: row.definition,
    state: row.state,
    fileId: row.file_id === null ? null : Number(row.file_id),
    fileName: row.file_name,
    sheets: json(row.mapping)?.sheets ?? [],
    facts: json(row.context),
    asOf: row.as_of,
    totals: json(row.totals),
    error: json(row.error),
    createdBy: row.created_by,
    createdAt: row.created_at,
    committedBy: row.committed_by,
    committedAt: row.committed_at,
    undoneAt: row.undone_at,
    version: Number(row.version),
  }
}

/** The facts as the definition sees them. */
export function contextOf(record: ImportRecord): ImportContext {
  if (record.asOf === null) throw new Error(`import ${record.id} has no as-of date yet`)
  return {
    importId: record.id,
    asOf: record.asOf,
    fileName: record.fileName,
    answers: record.facts.answers,
    found: record.facts.found,
    partial: record.facts.partial,
    importedBy: record.facts.importedBy ?? [],
  }
}
