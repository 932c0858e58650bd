import { createConnection, type Connection } from 'mysql2/promise'
import env from '#start/env'

/** A connection of its own beside the pool: one session from beginning to end, without time limits. */
export function openMysql(): Promise<Connection> {
  return createConnection({
    host: env.get('DB_HOST', '127.0.0.1'),
    port: env.get('DB_PORT', 3306),
    user: env.get('DB_USER', 'ronghe'),
    password: env.get('DB_PASSWORD', ''),
    database: env.get('DB_DATABASE', 'ronghe'),
    dateStrings: true,
    supportBigNumbers: true,
    timezone: 'Z',
    charset: 'utf8mb4_bin',
    connectTimeout: 5_000,
  })
}

/** The rows of one statement. */
export async function rowsFrom(
  session: Connection,
  sql: string,
  values: any[] = []
): Promise<any[]> {
  const [rows] = await session.query(sql, values)
  return rows as any[]
}

export async function mysqlTables(session: Connection): Promise<string[]> {
  const rows = await rowsFrom(
    session,
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = database() AND table_type = 'BASE TABLE' ORDER BY table_name`
  )
  return rows.map((row) => row.name)
}

/** Columns that can be written, in order: generated ones are computed anew. */
export async function mysqlColumns(session: Connection, table: string): Promise<string[]> {
  const rows = await rowsFrom(
    session,
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = database() AND table_name = ?
       AND coalesce(generation_expression, '') = ''
     ORDER BY ordinal_position`,
    [table]
  )
  return rows.map((row) => row.name)
}

export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}
