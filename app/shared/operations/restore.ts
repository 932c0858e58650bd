import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isSqlite } from '#shared/database'
import { DATABASE_PART, STORAGE_PART } from './backup.js'
import { copyFlushed, exists, sumOf } from './files.js'
import { readManifest, type Manifest } from './manifest.js'
import { importMysql, isMysqlUnused } from './mysql_import.js'
import { OperationError } from './operation_error.js'
import { databaseFile, isInside, storageDir } from './places.js'
import { isSqliteUnused, placeSqlite, SQLITE_COPY, type DatabaseFacts } from './sqlite_copy.js'

/** Reads a whole backup and compares every file with its sum; throws OperationError naming the first wrong one. */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder)
  for (const expected of manifest.files) {
    if (!isInside(join(folder, expected.path), folder)) {
      throw new OperationError(`The manifest names a file outside of the backup: ${expected.path}`)
    }
    if (!(await exists(join(folder, expected.path)))) {
      throw new OperationError(`The backup is not whole: ${expected.path} is missing.`)
    }
    const found = await sumOf(folder, expected.path)
    if (found.sha256 !== expected.sha256 || found.size !== expected.size) {
      throw new OperationError(`The backup is damaged: ${expected.path} is not what was written.`)
    }
  }
  return manifest
}

/** Refuses a restore that would overwrite something or could not work. */
export async function refuseUnlessRestorable(manifest: Manifest) {
  const here = isSqlite() ? 'sqlite' : 'mysql'
  if (manifest.database !== here) {
    throw new OperationError(
      `This backup is of ${manifest.database}, DB_CONNECTION says ${here}: restore into the kind of database it was made from.`
    )
  }
  const unused = isSqlite() ? await isSqliteUnused(databaseFile()) : await isMysqlUnused()
  if (!unused) {
    throw new OperationError(
      'The database is in use (it holds accounts, units, people or events): restore into an empty one and point DB_FILE or DB_DATABASE at it.'
    )
  }
  for (const { path, sha256 } of storedFiles(manifest)) {
    if (!(await exists(join(storageDir(), path)))) continue
    const found = await sumOf(storageDir(), path)
    if (found.sha256 !== sha256) {
      throw new OperationError(`STORAGE_DIR already holds another ${path}: use an empty folder.`)
    }
  }
}

/**
 * Puts stored files, then the database into place and compares counts and audit head with the
 * manifest. The chain itself is verified by the caller (it belongs to `audit`).
 */
export async function restoreBackup(folder: string, manifest: Manifest): Promise<DatabaseFacts> {
  for (const { path } of storedFiles(manifest)) {
    await copyFlushed(join(folder, STORAGE_PART, path), join(storageDir(), path))
  }
  if (isSqlite()) await mkdir(dirname(databaseFile()), { recursive: true })
  const facts = isSqlite()
    ? await placeSqlite(join(folder, DATABASE_PART, SQLITE_COPY), databaseFile())
    : await importMysql(join(folder, DATABASE_PART))
  const different = differences(manifest, facts)
  if (different.length > 0) {
    throw new OperationError(`Restored, but not equal to the manifest: ${different.join('; ')}`)
  }
  return facts
}

function storedFiles(manifest: Manifest) {
  const prefix = `${STORAGE_PART}/`
  return manifest.files
    .filter(({ path }) => path.startsWith(prefix))
    .map((file) => ({ ...file, path: file.path.slice(prefix.length) }))
}

/** Every table whose count differs, and a differing audit head, in words. */
export function differences(manifest: Manifest, facts: DatabaseFacts): string[] {
  const names = new Set([...Object.keys(manifest.tables), ...Object.keys(facts.tables)])
  const found = [...names]
    .filter((name) => manifest.tables[name] !== facts.tables[name])
    .map(
      (name) =>
        `${name} ${facts.tables[name] ?? 'missing'} instead of ${manifest.tables[name] ?? 0}`
    )
  if (
    facts.audit.sequence !== manifest.audit.sequence ||
    facts.audit.hash !== manifest.audit.hash
  ) {
    found.push(`audit head ${facts.audit.sequence} instead of ${manifest.audit.sequence}`)
  }
  if (facts.schema !== manifest.schema) found.push(`schema ${facts.schema}`)
  return found
}
