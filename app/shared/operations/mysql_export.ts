import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import { OperationError } from './operation_error.js'
import { mysqlColumns, mysqlTables, openMysql, quoted, rowsFrom } from './mysql_session.js'
import { TRANSIENT, type DatabaseFacts } from './sqlite_copy.js'

export const SCHEMA_FILE = 'schema.json'
const FLUSH_AT = 1 << 20

/** How one table is made again: its own statement, as the database writes it. */
export interface TableSchema {
  name: string
  create: string
}

/**
 * Writes every table as lines of JSON (first line: column names) from one consistent snapshot, so
 * that nothing but the application is needed for a backup; writers are not held up.
 */
export async function exportMysql(folder: string): Promise<DatabaseFacts> {
  const session = await openMysql()
  try {
    await session.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    await session.query('START TRANSACTION WITH CONSISTENT SNAPSHOT')
    const names = await mysqlTables(session)
    const schemas: TableSchema[] = []
    const tables: Record<string, number> = {}
    for (const name of names) {
      schemas.push({ name, create: await createStatement(session, name) })
      tables[name] = await exportTable(session, name, join(folder, `${name}.ndjson`))
    }
    await writeText(join(folder, SCHEMA_FILE), `${JSON.stringify(schemas, null, 2)}\n`)
    return { tables, ...(await factsOf(session)) }
  } finally {
    session.destroy()
  }
}

/** Schema and audit head as this session sees them. */
export async function factsOf(session: Connection) {
  const [last] = await rowsFrom(session, 'SELECT name FROM adonis_schema ORDER BY id DESC LIMIT 1')
  const [head] = await rowsFrom(session, 'SELECT sequence, hash FROM audit_heads WHERE id = 1')
  return {
    schema: String(last?.name ?? ''),
    audit: { sequence: Number(head.sequence), hash: String(head.hash) },
  }
}

async function createStatement(session: Connection, table: string): Promise<string> {
  const [row] = await rowsFrom(session, `SHOW CREATE TABLE ${quoted(table)}`)
  return row['Create Table']
}

async function exportTable(session: Connection, table: string, path: string): Promise<number> {
  const columns = await mysqlColumns(session, table)
  const file = await open(path, 'w', 0o600)
  try {
    await file.write(`${JSON.stringify(columns)}\n`)
    const count = TRANSIENT.has(table) ? 0 : await writeRows(session, table, columns, file)
    await file.sync()
    return count
  } finally {
    await file.close()
  }
}

async function writeRows(
  session: Connection,
  table: string,
  columns: string[],
  file: FileHandle
): Promise<number> {
  const list = columns.map(quoted).join(', ')
  // The promise face of the connection has no streams; the plain one below it does.
  const stream = (session as any).connection
    .query({ sql: `SELECT ${list} FROM ${quoted(table)}`, rowsAsArray: true })
    .stream({ highWaterMark: 500 })
  let count = 0
  let text = ''
  for await (const row of stream) {
    text += `${JSON.stringify(row.map((value: unknown) => plainValue(value, table)))}\n`
    count++
    if (text.length >= FLUSH_AT) {
      await file.write(text)
      text = ''
    }
  }
  if (text) await file.write(text)
  return count
}

function plainValue(value: unknown, table: string) {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new OperationError(
    `Table ${table} holds a ${typeof value}, which a backup cannot carry yet.`
  )
}

async function writeText(path: string, text: string) {
  const file = await open(path, 'w', 0o600)
  try {
    await file.write(text)
    await file.sync()
  } finally {
    await file.close()
  }
}
