import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import { clock } from '#shared/clock'
import { seal, sha256, unseal } from '#shared/crypto'

/** Uploads hold identity numbers, so they lie encrypted on disk (law 12), outside `public`. */
export const UPLOADED = 'import'
const FOLDER = 'imports'
const PLAIN = 'imports-open'
const STALE_MS = 60 * 60 * 1000

export interface StoredFile {
  storageKey: string
  size: number
  sha256: string
}

/** Puts a copy of a file into the storage, encrypted. */
export async function storeFile(path: string): Promise<StoredFile> {
  const bytes = await readFile(path)
  const storageKey = `${FOLDER}/${clock.today().slice(0, 7)}/${randomUUID()}`
  const target = pathOf(storageKey)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, seal(bytes.toString('base64'), UPLOADED), { mode: 0o600 })
  return { storageKey, size: bytes.length, sha256: sha256(bytes) }
}

/** Removes a stored file; one that is gone already is no error. */
export async function dropFile(storageKey: string): Promise<void> {
  await rm(pathOf(storageKey), { force: true })
}

/**
 * Opens a stored file for a reader that needs a path: the plain copy exists only while the caller
 * reads. What a killed process left of earlier ones is removed first.
 */
export async function* openedFile(storageKey: string): AsyncGenerator<string> {
  await removeStale()
  const path = pathOf(`${PLAIN}/${randomUUID()}`)
  await mkdir(dirname(path), { recursive: true })
  try {
    const sealed = await readFile(pathOf(storageKey), 'utf8')
    await writeFile(path, Buffer.from(unseal(sealed, UPLOADED), 'base64'), { mode: 0o600 })
    yield path
  } finally {
    await rm(path, { force: true })
  }
}

async function removeStale() {
  const folder = pathOf(PLAIN)
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, basename(name))
    const stats = await stat(path).catch(() => null)
    if (stats && Date.now() - stats.mtimeMs > STALE_MS) await rm(path, { force: true })
  }
}

function pathOf(storageKey: string): string {
  return resolve(app.makePath(), env.get('STORAGE_DIR', 'storage'), storageKey)
}
