import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Measured } from './run.js'

const MEGABYTE = 1024 * 1024

/**
 * Runs a bench file as a process of its own on this database, which is thrown away; the last line of
 * the process is its figures.
 */
export async function aside(file: string, variables: NodeJS.ProcessEnv): Promise<Measured[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', '@poppinss/ts-exec', file],
    { env: { ...process.env, NODE_ENV: 'test', ...variables }, maxBuffer: MEGABYTE }
  )
  if (variables.DB_FILE) discard(variables.DB_FILE)
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured[]
}

/** A SQLite file of its own, whatever the environment says. */
export function sqlite(file: string): NodeJS.ProcessEnv {
  return { DB_CONNECTION: 'sqlite', DB_FILE: file }
}

/**
 * The same, or with DB_CONNECTION=mysql the database that BENCH_DB_DATABASE names, whose tables are
 * all dropped.
 */
export function eitherDatabase(file: string): NodeJS.ProcessEnv {
  if (process.env.DB_CONNECTION !== 'mysql') return sqlite(file)
  return { DB_DATABASE: process.env.BENCH_DB_DATABASE ?? '' }
}

/** The application without its server on a fresh database, for the time of `work`. */
export async function withApp<T>(work: () => Promise<T>): Promise<T> {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  await app.start(async () => {})
  const { freshDatabase } = await import('../tests/support/database.js')
  await freshDatabase()
  const result = await work()
  await app.terminate()
  return result
}

/** Takes a SQLite file away, with what lies beside it. */
export function discard(file: string) {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
}

/** The work in a transaction that leaves nothing behind. */
export async function rolledBack(work: (trx: any) => Promise<unknown>) {
  const { inTransaction } = await import('../app/shared/database.js')
  const undo = new Error('undo')
  await inTransaction(async (trx) => {
    await work(trx)
    throw undo
  }).catch((error) => {
    if (error !== undo) throw error
  })
}

/** The least milliseconds of each, taken in turns so that all see the same machine. */
export async function fastest(works: Array<() => Promise<unknown>>, rounds = 7): Promise<number[]> {
  const best = works.map(() => Infinity)
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) {
      const start = performance.now()
      await work()
      best[index] = Math.min(best[index], performance.now() - start)
    }
  }
  return best
}
