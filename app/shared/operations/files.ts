import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

export interface FileSum {
  /** Relative, with `/` on every system. */
  path: string
  size: number
  sha256: string
}

/** Every plain file below a folder, relative, sorted; what `skip` names is left out. */
export async function filesBelow(folder: string, skip: string[] = []): Promise<string[]> {
  const found: string[] = []
  const visit = async (path: string) => {
    if (skip.includes(path)) return
    for (const entry of await readdir(path, { withFileTypes: true })) {
      const child = join(path, entry.name)
      if (skip.includes(child)) continue
      if (entry.isDirectory()) await visit(child)
      else if (entry.isFile()) found.push(relative(folder, child).split(sep).join('/'))
    }
  }
  if (await exists(folder)) await visit(folder)
  return found.sort()
}

/** SHA-256 and size of a file, read in pieces. */
export async function sumOf(folder: string, path: string): Promise<FileSum> {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of createReadStream(join(folder, path))) {
    hash.update(piece)
    size += piece.length
  }
  return { path, size, sha256: hash.digest('hex') }
}

/** Copies by way of a temporary name and flushes it: a file is there whole or not at all. */
export async function copyFlushed(from: string, to: string) {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const partial = `${to}.partial`
  const target = await open(partial, 'w', 0o600)
  try {
    for await (const piece of createReadStream(from)) await target.writeFile(piece)
    await target.sync()
  } catch (error) {
    await target.close()
    await rm(partial, { force: true })
    throw error
  }
  await target.close()
  await rename(partial, to)
}

/** Makes sure that a file or folder entry is on disk before anybody is told so. */
export async function flush(path: string) {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}
