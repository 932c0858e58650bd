import { statfs } from 'node:fs/promises'
import dayjs from 'dayjs'
import db from '@adonisjs/lucid/services/db'
import { BaseCheck, Result } from '@adonisjs/core/health'
import type { HealthCheckResult } from '@adonisjs/core/types/health'
import { clock } from '#shared/clock'
import { isDraining } from '#shared/middleware/drain_middleware'
import { newestBackup } from './manifest.js'
import { storageDir } from './places.js'

const MEBIBYTE = 1024 * 1024
/** Below this nothing can be written safely; below the second an administrator should look. */
export const DISK_FULL_MB = 100
export const DISK_LOW_MB = 1024
/** A due job that nobody takes for this long: the worker stands still. */
export const QUEUE_LATE_SECONDS = 300
/** A daily backup and two hours of grace. */
export const BACKUP_OLD_HOURS = 26
const ANSWER_WITHIN_MS = 2_000

/** An instance that is going down takes no new work. */
export class DrainCheck extends BaseCheck {
  name = 'draining'

  async run(): Promise<HealthCheckResult> {
    return isDraining() ? Result.failed('this instance is going down') : Result.ok('no')
  }
}

/** One select; a frozen database counts as away after two seconds, and is asked once at a time. */
export class DatabaseCheck extends BaseCheck {
  name = 'database'

  async run(): Promise<HealthCheckResult> {
    const answered = await within(ask(), ANSWER_WITHIN_MS)
    return answered ? Result.ok('answers') : Result.failed('does not answer')
  }
}

/** Free space where files are stored. */
export class DiskCheck extends BaseCheck {
  name = 'disk'

  async run(): Promise<HealthCheckResult> {
    const info = await statfs(storageDir()).catch(() => null)
    if (!info) return Result.warning('the storage folder does not exist yet')
    const free = Math.floor((info.bavail * info.bsize) / MEBIBYTE)
    return this.judge(free).mergeMetaData({ freeMb: free })
  }

  /** The verdict over the free space, in MB. */
  judge(free: number): Result {
    if (free < DISK_FULL_MB) return Result.failed('full')
    return free < DISK_LOW_MB ? Result.warning('nearly full') : Result.ok('enough')
  }
}

/** Age of the oldest job that is due and waits. */
export class QueueCheck extends BaseCheck {
  name = 'queue'

  async run(): Promise<HealthCheckResult> {
    const oldest = await within(oldestDue(), ANSWER_WITHIN_MS)
    if (oldest === null) return Result.warning('not known, the database does not answer')
    const late = oldest.at ? secondsSince(oldest.at) : 0
    const result = late > QUEUE_LATE_SECONDS ? Result.warning('jobs wait') : Result.ok('runs')
    return result.mergeMetaData({ oldestDueSeconds: late })
  }
}

/** Age of the newest backup. None yet is no failure: a new or demo installation has none. */
export class BackupCheck extends BaseCheck {
  name = 'backup'

  async run(): Promise<HealthCheckResult> {
    const newest = await newestBackup().catch(() => null)
    if (!newest) return Result.warning('none yet').mergeMetaData({ ageHours: null })
    const hours = Math.floor(secondsSince(newest.createdAt) / 3600)
    const result = hours > BACKUP_OLD_HOURS ? Result.warning('old') : Result.ok('fresh')
    return result.mergeMetaData({ ageHours: hours })
  }
}

let asking: Promise<true> | null = null

function ask(): Promise<true> {
  asking ??= db
    .rawQuery('SELECT 1')
    .then(() => true as const)
    .finally(() => {
      asking = null
    })
  return asking
}

async function oldestDue(): Promise<{ at: string | null }> {
  const row = await db
    .from('jobs')
    .where('state', 'queued')
    .where('run_after', '<=', clock.now())
    .min('run_after as at')
    .first()
  return { at: row?.at ?? null }
}

/** The answer, or null when it fails or takes too long. */
async function within<T>(answer: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds)
  })
  try {
    return await Promise.race([answer.catch(() => null), late])
  } finally {
    clearTimeout(timer)
  }
}

function secondsSince(moment: string): number {
  return Math.max(0, Math.floor((clock.epoch() - dayjs.utc(moment).valueOf()) / 1000))
}
