import { rm } from 'node:fs/promises'
import Database from 'better-sqlite3'
import type { AuditAnchor } from './manifest.js'
import { copyFlushed, exists, flush } from './files.js'
import { OperationError } from './operation_error.js'

export interface DatabaseFacts {
  schema: string
  tables: Record<string, number>
  audit: AuditAnchor
}

export const SQLITE_COPY = 'database.sqlite3'

/** Contents that live for hours only: a restored copy starts without them, and nobody is signed in. */
export const TRANSIENT = new Set(['sessions'])

/** What a backup of an unused database would not be missed for. */
export const USED_TABLES = ['users', 'persons', 'units', 'audit_events']

/**
 * Copies the database while others write to it: VACUUM INTO reads in one snapshot and is a whole,
 * checked database afterwards. Facts are taken from the copy, so they can only agree with it.
 */
export async function copySqlite(from: string, to: string): Promise<DatabaseFacts> {
  if (!(await exists(from))) throw new OperationError(`There is no database at ${from} (DB_FILE).`)
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 30_000 })
  try {
    source.prepare('VACUUM INTO ?').run(to)
  } finally {
    source.close()
  }
  const copy = new Database(to)
  try {
    const state = copy.pragma('integrity_check', { simple: true })
    if (state !== 'ok') throw new OperationError(`The copy is damaged: ${state}`)
    for (const table of TRANSIENT) copy.prepare(`DELETE FROM "${table}"`).run()
    return factsOfSqlite(copy)
  } finally {
    copy.close()
    await flush(to)
  }
}

/** True when nothing would be lost by replacing it: no file, no tables, or tables nobody has used. */
export async function isSqliteUnused(path: string): Promise<boolean> {
  if (!(await exists(path))) return true
  const database = new Database(path, { readonly: true })
  try {
    const tables = tableNames(database)
    return USED_TABLES.filter((name) => tables.includes(name)).every((name) => {
      return database.prepare(`SELECT 1 FROM "${name}" LIMIT 1`).get() === undefined
    })
  } finally {
    database.close()
  }
}

/** Puts a copy into place; what is left of the unused one before goes first. */
export async function placeSqlite(from: string, to: string): Promise<DatabaseFacts> {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${to}${end}`, { force: true })
  await copyFlushed(from, to)
  const database = new Database(to, { readonly: true })
  try {
    return factsOfSqlite(database)
  } finally {
    database.close()
  }
}

function factsOfSqlite(database: Database.Database): DatabaseFacts {
  const tables: Record<string, number> = {}
  for (const name of tableNames(database)) {
    const row = database.prepare(`SELECT count(*) AS total FROM "${name}"`).get() as any
    tables[name] = Number(row.total)
  }
  const schema = database.prepare('SELECT name FROM adonis_schema ORDER BY id DESC').get() as any
  const head = database.prepare('SELECT sequence, hash FROM audit_heads WHERE id = 1').get() as any
  return {
    schema: schema?.name ?? '',
    tables,
    audit: { sequence: Number(head.sequence), hash: head.hash },
  }
}

function tableNames(database: Database.Database): string[] {
  const rows = database
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    .all() as { name: string }[]
  return rows.map((row) => row.name)
}
