import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import { factsOf, SCHEMA_FILE, type TableSchema } from './mysql_export.js'
import { mysqlTables, openMysql, quoted, rowsFrom } from './mysql_session.js'
import { USED_TABLES, type DatabaseFacts } from './sqlite_copy.js'

const ROWS_AT_ONCE = 500

/** True when nothing would be lost by replacing it: no tables, or tables nobody has used. */
export async function isMysqlUnused(): Promise<boolean> {
  const session = await openMysql()
  try {
    const tables = await mysqlTables(session)
    for (const name of USED_TABLES.filter((known) => tables.includes(known))) {
      const rows = await rowsFrom(session, `SELECT 1 FROM ${quoted(name)} LIMIT 1`)
      if (rows.length > 0) return false
    }
    return true
  } finally {
    session.destroy()
  }
}

/**
 * Makes the tables of an export and fills them. Definitions are no part of a transaction in MySQL,
 * so after a failure everything that was made is taken away again.
 */
export async function importMysql(folder: string): Promise<DatabaseFacts> {
  const schemas = JSON.parse(await readFile(join(folder, SCHEMA_FILE), 'utf8')) as TableSchema[]
  const session = await openMysql()
  try {
    await session.query('SET FOREIGN_KEY_CHECKS = 0')
    await session.query("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO'")
    await session.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin')
    await dropAll(session)
    try {
      for (const { create } of schemas) await session.query(create)
      for (const { name } of schemas) await fill(session, name, join(folder, `${name}.ndjson`))
    } catch (error) {
      await dropAll(session)
      throw error
    }
    const tables: Record<string, number> = {}
    for (const { name } of schemas) {
      const [row] = await rowsFrom(session, `SELECT count(*) AS total FROM ${quoted(name)}`)
      tables[name] = Number(row.total)
    }
    return { tables, ...(await factsOf(session)) }
  } finally {
    session.destroy()
  }
}

async function dropAll(session: Connection) {
  for (const name of await mysqlTables(session)) await session.query(`DROP TABLE ${quoted(name)}`)
}

async function fill(session: Connection, table: string, path: string) {
  let insert: string | null = null
  let rows: unknown[][] = []
  const write = async () => {
    if (rows.length > 0) await session.query(insert!, [rows])
    rows = []
  }
  await session.query('START TRANSACTION')
  for await (const line of linesOf(path)) {
    const values = JSON.parse(line)
    if (insert === null) {
      insert = `INSERT INTO ${quoted(table)} (${values.map(quoted).join(', ')}) VALUES ?`
    } else {
      rows.push(values)
      if (rows.length >= ROWS_AT_ONCE) await write()
    }
  }
  await write()
  await session.query('COMMIT')
}

/** Lines end with \n alone: node's readline also breaks at U+2028, which JSON leaves in texts. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of createReadStream(path, 'utf8')) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest) yield rest
}
