import { join, relative, resolve, sep } from 'node:path'
import app from '@adonisjs/core/services/app'
import env from '#start/env'

/** Where this installation keeps its things; relative paths are below the application's root. */
export const storageDir = () => fromRoot(env.get('STORAGE_DIR', 'storage'))
export const backupDir = () => fromRoot(env.get('BACKUP_DIR', 'storage/backups'))
export const databaseFile = () => fromRoot(env.get('DB_FILE', 'storage/ronghe.sqlite3'))

export function fromRoot(path: string): string {
  return resolve(app.makePath(), path)
}

/** The places below the storage that are no stored files: the database itself, backups, open copies. */
export function notStoredFiles(): string[] {
  const database = databaseFile()
  return [
    database,
    `${database}-wal`,
    `${database}-shm`,
    `${database}-journal`,
    backupDir(),
    // Uploads that a reader has open lie there in plain: they belong into no backup.
    join(storageDir(), 'imports-open'),
  ]
}

/** True when `path` is `folder` or lies below it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && resolve(way) !== way)
}
