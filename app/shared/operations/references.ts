import db from '@adonisjs/lucid/services/db'
import { isSqlite, toInt } from '#shared/database'
import type { CheckFinding } from '#shared/ports/db_checks'

interface ForeignKey {
  table: string
  target: string
  columns: Array<{ from: string; to: string }>
}

/**
 * Every row that points at a row which is not there, over all foreign keys the database knows. They
 * cannot arise through the application; a repair by hand or a switched-off check makes them.
 */
export async function danglingReferences(): Promise<CheckFinding[]> {
  return isSqlite() ? danglingInSqlite() : danglingInMysql()
}

async function danglingInSqlite(): Promise<CheckFinding[]> {
  const rows: any[] = await db.rawQuery('PRAGMA foreign_key_check')
  return rows.map((row) => finding(row.table, row.rowid, row.parent))
}

async function danglingInMysql(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  for (const key of await foreignKeys()) {
    const query = db
      .from(`${key.table} as child`)
      .leftJoin(`${key.target} as parent`, (join) => {
        for (const { from, to } of key.columns) join.on(`child.${from}`, `parent.${to}`)
      })
      .whereNull(`parent.${key.columns[0].to}`)
    for (const { from } of key.columns) query.whereNotNull(`child.${from}`)
    const rows = await query.select(`child.${key.columns[0].from} as value`)
    findings.push(...rows.map((row) => finding(key.table, row.value, key.target)))
  }
  return findings
}

async function foreignKeys(): Promise<ForeignKey[]> {
  const [rows] = await db.rawQuery(
    `SELECT constraint_name AS name, table_name AS child, column_name AS origin,
       referenced_table_name AS target, referenced_column_name AS goal
     FROM information_schema.key_column_usage
     WHERE table_schema = database() AND referenced_table_name IS NOT NULL
     ORDER BY table_name, constraint_name, ordinal_position`
  )
  const keys = new Map<string, ForeignKey>()
  for (const row of rows) {
    const id = `${row.child}.${row.name}`
    const key: ForeignKey = keys.get(id) ?? { table: row.child, target: row.target, columns: [] }
    key.columns.push({ from: row.origin, to: row.goal })
    keys.set(id, key)
  }
  return [...keys.values()]
}

function finding(table: string, row: unknown, target: string): CheckFinding {
  return {
    check: 'references',
    detail: `${table}: row or value ${row} points at no row of ${target}`,
  }
}

/** How many foreign keys there are to check; none would mean that the check looks at nothing. */
export async function countForeignKeys(): Promise<number> {
  if (!isSqlite()) {
    const keys = await foreignKeys()
    return keys.length
  }
  const [row] = await db.rawQuery(
    `SELECT count(*) AS total FROM sqlite_master, pragma_foreign_key_list(sqlite_master.name)
     WHERE sqlite_master.type = 'table'`
  )
  return toInt(row.total)
}
