import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { clock } from '#shared/clock'
import { isSqlite } from '#shared/database'
import { copyFlushed, filesBelow, flush, sumOf } from './files.js'
import { writeManifest, type Manifest } from './manifest.js'
import { exportMysql } from './mysql_export.js'
import { databaseFile, notStoredFiles, storageDir } from './places.js'
import { copySqlite, SQLITE_COPY } from './sqlite_copy.js'

export const DATABASE_PART = 'database'
export const STORAGE_PART = 'storage'

/**
 * Makes one backup below `root`, while the application runs: the database first, then the stored
 * files, which are written before the rows that name them. The folder gets its name when everything
 * is on disk, so a half-made one is never taken for a backup. Keys are no part of it.
 */
export async function createBackup(root: string): Promise<{ folder: string; manifest: Manifest }> {
  const createdAt = clock.now()
  const folder = join(root, `ronghe-${createdAt.replace(/[-:.]/g, '').replace(' ', 'T')}Z`)
  const partial = `${folder}.partial`
  await mkdir(join(partial, DATABASE_PART), { recursive: true, mode: 0o700 })
  try {
    const facts = isSqlite()
      ? await copySqlite(databaseFile(), join(partial, DATABASE_PART, SQLITE_COPY))
      : await exportMysql(join(partial, DATABASE_PART))
    await copyStorage(join(partial, STORAGE_PART), root)
    const files = []
    for (const path of await filesBelow(partial)) files.push(await sumOf(partial, path))
    const manifest = await writeManifest(partial, {
      createdAt,
      database: isSqlite() ? 'sqlite' : 'mysql',
      ...facts,
      files,
    })
    await flush(partial)
    await rename(partial, folder)
    await flush(root)
    return { folder, manifest }
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

async function copyStorage(to: string, root: string) {
  const from = storageDir()
  for (const path of await filesBelow(from, [...notStoredFiles(), root])) {
    await copyFlushed(join(from, path), join(to, path))
  }
}
