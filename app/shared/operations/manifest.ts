import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '#shared/canonical'
import { digest } from '#shared/crypto'
import { backupDir } from './places.js'
import { exists, type FileSum } from './files.js'
import { OperationError } from './operation_error.js'

export const MANIFEST = 'manifest.json'
const FORMAT = 1

/** Folder of one backup, by its moment (UTC): names sort by time. */
export const BACKUP_NAME = /^ronghe-\d{8}T\d{9}Z$/

export interface AuditAnchor {
  sequence: number
  hash: string
}

/** What a backup holds, so that a restored one can be compared with it. */
export interface Manifest {
  format: number
  createdAt: string
  database: 'sqlite' | 'mysql'
  /** Name of the newest migration that had run. */
  schema: string
  tables: Record<string, number>
  files: FileSum[]
  audit: AuditAnchor
  /** Tells the right DATA_KEY from a wrong one without holding it. */
  keyCheck: string
  /** Keyed digest of all above: who does not hold DATA_KEY cannot change the manifest. */
  mac: string
}

export function keyCheck(): string {
  return digest('ronghe', 'backup-key-check')
}

function macOf(manifest: Omit<Manifest, 'mac'>): string {
  return digest(canonicalJson(manifest), 'backup-manifest')
}

/** Adds format, key check and digest, and writes the file. */
export async function writeManifest(
  folder: string,
  content: Omit<Manifest, 'format' | 'keyCheck' | 'mac'>
): Promise<Manifest> {
  const open = { format: FORMAT, ...content, keyCheck: keyCheck() }
  const manifest = { ...open, mac: macOf(open) }
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  return manifest
}

/**
 * Reads and checks a manifest. Throws OperationError when it is missing, of another format, made
 * under another DATA_KEY or changed since.
 */
export async function readManifest(path: string): Promise<Manifest> {
  const file = path.endsWith('.json') ? path : join(path, MANIFEST)
  if (!(await exists(file))) throw new OperationError(`There is no manifest at ${file}.`)
  const manifest = parse(await readFile(file, 'utf8'), file)
  if (manifest.format !== FORMAT) {
    throw new OperationError(`${file} has format ${manifest.format}; this version reads ${FORMAT}.`)
  }
  if (manifest.keyCheck !== keyCheck()) {
    throw new OperationError(
      'DATA_KEY is not the one under which this backup was made: personal data in it could not be read. Take the key from its escrow into .env, then start again.'
    )
  }
  const { mac, ...content } = manifest
  if (mac !== macOf(content)) throw new OperationError(`${file} was changed after it was made.`)
  return manifest
}

function parse(text: string, file: string): Manifest {
  try {
    return JSON.parse(text)
  } catch {
    throw new OperationError(`${file} is not JSON: the file is damaged.`)
  }
}

/** Folder and moment of the newest finished backup of BACKUP_DIR; null: there is none yet. */
export async function newestBackup(): Promise<{ folder: string; createdAt: string } | null> {
  const names = await readdir(backupDir()).catch(() => [] as string[])
  for (const name of names
    .filter((known) => BACKUP_NAME.test(known))
    .sort()
    .reverse()) {
    const file = join(backupDir(), name, MANIFEST)
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text !== null) {
      return { folder: join(backupDir(), name), createdAt: parse(text, file).createdAt }
    }
  }
  return null
}
