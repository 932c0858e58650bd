import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why no small disk can be made here; null: it can. */
export function whyNoTinyDisk(): string | null {
  if (process.platform !== 'linux') return 'a small disk is made by mounting a tmpfs: Linux only'
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-disk-'))
  try {
    mount(folder, 1)
    execFileSync('umount', [folder])
    return null
  } catch {
    return 'a small disk is made by mounting a tmpfs, which takes root and CAP_SYS_ADMIN'
  } finally {
    rmdirSync(folder)
  }
}

/** A file system of so many MB, with ballast that can be thrown off again. */
export function tinyDisk(megabytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-disk-'))
  mount(folder, megabytes)
  const ballast = join(folder, 'ballast')
  return {
    folder,
    /** Takes all room but so many MB. */
    leave: (room: number) => {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - room * 1024 * 1024, 1))
    },
    empty: () => rmSync(ballast),
    remove() {
      execFileSync('umount', [folder])
      rmdirSync(folder)
    },
  }
}

function mount(folder: string, megabytes: number) {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
    stdio: 'pipe',
  })
}
