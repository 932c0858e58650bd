import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { clock } from '#shared/clock'
import { StaleError } from '#shared/errors'

export type Trx = TransactionClientContract
export type Row = Record<string, any>

const MAX_ATTEMPTS = 5
const READ_TOO_EARLY = 'READ_TOO_EARLY'
/** `ER_AUTOINC_READ_FAILED` is what InnoDB says of a deadlock at the numbers of a table. */
const RETRYABLE = new Set([
  READ_TOO_EARLY,
  'ER_LOCK_DEADLOCK',
  'ER_AUTOINC_READ_FAILED',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
])
const UNIQUE = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'ER_DUP_ENTRY'])
/** SQLite holds RESTRICT by triggers of its own; the schema has no others. */
const FOREIGN = new Set([
  'SQLITE_CONSTRAINT_FOREIGNKEY',
  'SQLITE_CONSTRAINT_TRIGGER',
  'ER_ROW_IS_REFERENCED',
  'ER_ROW_IS_REFERENCED_2',
])
const CHECK = new Set(['SQLITE_CONSTRAINT_CHECK', 'ER_CHECK_CONSTRAINT_VIOLATED'])
/** MariaDB's number of a failed CHECK; the driver knows it by a name of MySQL's that is another's. */
const MARIADB_CHECK = 4025

const callbacks = new WeakMap<Trx, Array<() => unknown>>()
const undone = new WeakMap<Trx, Array<() => unknown>>()

let commits = 0

/** How many transactions this process has committed: what was read before the last may be old. */
export function commitsSoFar(): number {
  return commits
}

/** True on the embedded database. */
export function isSqlite(): boolean {
  return db.connection().dialect.name.includes('sqlite')
}

/**
 * The one way to write. The body runs in a transaction and may run again after a deadlock or a busy
 * database, so it must have no effect outside of it; `afterCommit` is for those. Lucid's own commit
 * reports success for a COMMIT that failed, therefore the driver's promise is awaited as well.
 * With `trx` the body joins the caller's transaction, so that actions compose.
 */
export async function inTransaction<T>(body: (trx: Trx) => Promise<T>, trx?: Trx): Promise<T> {
  if (trx) return body(trx)
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(body)
    } catch (error: any) {
      if (attempt >= MAX_ATTEMPTS || !RETRYABLE.has(error?.code)) throw withoutValues(error)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
    }
  }
}

async function attemptTransaction<T>(body: (trx: Trx) => Promise<T>): Promise<T> {
  const trx = await db.transaction()
  let result: T
  try {
    result = await body(trx)
  } catch (error) {
    await trx.rollback().catch(() => {})
    for (const callback of undone.get(trx) ?? []) await callback()
    throw error
  }
  try {
    await trx.commit()
    await (trx.knexClient as any).executionPromise
  } catch (error) {
    // SQLite leaves a transaction open whose COMMIT was refused; the next user of the connection must not inherit it.
    if (isSqlite()) await db.rawQuery('ROLLBACK').catch(() => {})
    throw error
  } finally {
    commits++
  }
  for (const callback of callbacks.get(trx) ?? []) await callback()
  return result
}

/** Runs when the transaction is certainly on disk: wake the job queue, send mail. */
export function afterCommit(trx: Trx, callback: () => unknown) {
  callbacks.set(trx, [...(callbacks.get(trx) ?? []), callback])
}

/**
 * Runs when the transaction was rolled back and its connection is free: what must stay on record of
 * a refusal. It may run once for each attempt, so its effect must be that of once; it never throws.
 */
export function afterRollback(trx: Trx, callback: () => unknown) {
  undone.set(trx, [...(undone.get(trx) ?? []), callback])
}

/** Database errors carry bound values (pay, identity numbers): they are taken off before anybody logs them. */
export function withoutValues(error: any): any {
  if (error && typeof error === 'object' && 'sqlMessage' in error) {
    delete error.sql
    error.sqlMessage = String(error.sqlMessage).replace(/'[^']*'/g, "'…'")
    error.message = `${error.code}: ${error.sqlMessage}`
    // The stack begins with the message as it was; only its frames may stay.
    error.stack = `${error.message}\n${frames(error.stack)}`
  }
  return error
}

function frames(stack: unknown): string {
  return String(stack)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')
}

export function isUniqueViolation(error: any): boolean {
  return UNIQUE.has(error?.code)
}

/** Another row points at the one that was to go. */
export function isStillReferenced(error: any): boolean {
  return FOREIGN.has(error?.code)
}

export function isCheckViolation(error: any): boolean {
  return CHECK.has(error?.code) || error?.errno === MARIADB_CHECK
}

/**
 * Inserts many rows at once, each database by its quickest way: SQLite runs one prepared statement
 * without knex between, MySQL unpacks one JSON text a chunk. All rows have the columns of the first
 * one. Numbers, strings, booleans and null only.
 */
export async function bulkInsert(trx: Trx, table: string, rows: Row[], chunk = 2_000) {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0])
  const values = (row: Row) => columns.map((name) => plain(row[name]))
  if (isSqlite()) {
    const connection = await trx.knexClient.client.acquireConnection()
    const statement = connection.prepare(insertSql(table, columns))
    for (const row of rows) statement.run(values(row).map(whole))
    return
  }
  for (let start = 0; start < rows.length; start += chunk) {
    const json = JSON.stringify(rows.slice(start, start + chunk).map(values))
    await trx.rawQuery(insertJsonSql(table, columns), [json])
  }
}

function insertSql(table: string, columns: string[]): string {
  const names = columns.map((name) => `"${name}"`).join(', ')
  return `INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`
}

function insertJsonSql(table: string, columns: string[]): string {
  const names = columns.map((name) => `\`${name}\``).join(', ')
  const paths = columns.map((_, index) => `c${index} LONGTEXT PATH '$[${index}]'`).join(', ')
  const values = columns.map((_, index) => `c${index}`).join(', ')
  return `INSERT INTO \`${table}\` (${names}) SELECT ${values} FROM JSON_TABLE(?, '$[*]' COLUMNS (${paths})) rows_in`
}

/** The driver hands numbers over as fractions: 5 in a column of text would become 5.0. */
function whole(value: unknown) {
  return Number.isInteger(value) ? BigInt(value as number) : value
}

function plain(value: unknown) {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === undefined) return null
  return value
}

/** Runs a list through a query in pieces small enough for every database's limit of variables. */
export async function inChunks<T, R>(
  list: T[],
  size: number,
  work: (piece: T[]) => Promise<R[]>
): Promise<R[]> {
  const results: R[] = []
  for (let start = 0; start < list.length; start += size) {
    results.push(...(await work(list.slice(start, start + size))))
  }
  return results
}

/** SUM and COUNT come back as text from MySQL. */
export function toInt(value: unknown): number {
  const number = Number(value ?? 0)
  if (!Number.isSafeInteger(number)) throw new Error('a sum left the safe integers')
  return number
}

/** The number of a column that may be empty. */
export function idOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}

/**
 * Writes one versioned record. Refused with StaleError when somebody else saved since `version`
 * was read, so that no change is lost silently (law 8).
 */
export async function updateVersioned(
  trx: Trx,
  table: string,
  id: number,
  version: number,
  values: Row
) {
  const changed = await trx
    .from(table)
    .where({ id, version })
    .update({ ...values, version: version + 1, updated_at: clock.now() })
  if (toInt(changed) !== 1) throw new StaleError({ id }, { type: singular(table), id })
}

/** The log names a record by the singular of its table. */
function singular(table: string): string {
  if (table.endsWith('ies')) return `${table.slice(0, -3)}y`
  return table.replace(/(?<=ch)es$|s$/, '')
}

/** Inserts one row and gives its id, alike on both databases. */
export async function insertRow(trx: Trx, table: string, values: Row): Promise<number> {
  const [id] = await trx.table(table).insert(values)
  return Number(id)
}

/**
 * For a guarded update that found its row changed since this transaction read it: the rest was read
 * as early, so `inTransaction` begins anew.
 */
export function readTooEarly(): Error {
  return Object.assign(new Error('changed since it was read'), { code: READ_TOO_EARLY })
}

/** Tells why a guarded update touched nothing. */
export function affected(count: unknown): boolean {
  return toInt(count) > 0
}
