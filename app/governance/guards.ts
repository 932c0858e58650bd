import { insertRow, isUniqueViolation, type Row, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'

/** A refusal that stands at a field of the form. */
export function refuse(
  field: string,
  name: string,
  params: Record<string, string | number> = {}
): never {
  const code = `governance.errors.${name}`
  throw new DomainError(code, params, [{ field, code, params }])
}

/** Inserts a row; when its unique key is taken `refused` says so instead of the database. */
export async function insertOnce(
  trx: Trx,
  table: string,
  row: Row,
  refused: () => never = taken
): Promise<number> {
  return unlessTaken(() => insertRow(trx, table, row), refused)
}

/** Runs a write; a taken unique key means that somebody else was quicker. */
export async function unlessTaken<T>(
  write: () => Promise<T>,
  refused: () => never = taken
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    return isUniqueViolation(error) ? refused() : raise(error)
  }
}

function taken(): never {
  throw new MoveError({ verb: 'add' })
}

function raise(error: unknown): never {
  throw error
}
