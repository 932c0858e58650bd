/** A refusal of an operator's command: the text says what is wrong and the way out; no stack is shown. */
export class OperationError extends Error {}

/** SQLite reports a write that the system refused as an input/output error. */
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'])

const BUSY = new Set(['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'READ_TOO_EARLY'])

/** What the operator reads of any error: never a bound value, with the way out where it is known. */
export function operatorMessage(error: any): string {
  if (error instanceof OperationError) return error.message
  const code = String(error?.code ?? error?.name ?? 'error')
  if (DISK_FULL.has(code)) {
    return `The disk is full (${code}): nothing was kept of what had been written. Make room and start again.`
  }
  if (BUSY.has(code)) {
    return 'The database is busy: another process writes to it. Try again, or stop the web process first.'
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `No permission (${code}): ${error.path ?? 'check the owner of the folders'}.`
  }
  if (isDatabaseAway(error)) {
    return `The database is not reachable (${code}): check DB_CONNECTION, DB_HOST, DB_PORT, DB_USER and DB_PASSWORD.`
  }
  if (code === 'ER_NO_SUCH_TABLE' || /no such table/.test(String(error?.message))) {
    return 'The database has no tables yet: run `node ace migration:run --force` first.'
  }
  return `${code}: ${String(error?.sqlMessage ?? error?.message ?? '').replace(/'[^']*'/g, "'…'")}`
}

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_ACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'E_DATABASE_SILENT',
])

/** True when the database did not answer at all (refused, lost, frozen, no free connection). */
export function isDatabaseAway(error: any): boolean {
  if (AWAY.has(error?.code) || error?.name === 'KnexTimeoutError') return true
  return /closed state|Connection lost/i.test(String(error?.message ?? ''))
}
