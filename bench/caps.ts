import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROUNDS = Number(process.env.RACE_ROUNDS ?? 1_000)
const DATABASE = 'tmp/bench-caps.sqlite3'

export interface Figure {
  name: string
  ratio: number
  bar: number
}

/**
 * Caps of the quota ledger: rounds in which more claims than vacant places arrive at once. The
 * ratio is seats taken against seats authorised; above 1 means oversold, so the bar is 1. Runs in
 * a process of its own, on a database that is made for it and thrown away.
 */
export async function run(): Promise<Figure[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', '@poppinss/ts-exec', fileURLToPath(import.meta.url)],
    {
      env: { ...process.env, NODE_ENV: 'test', DB_CONNECTION: 'sqlite', DB_FILE: DATABASE },
      maxBuffer: 1024 * 1024,
    }
  )
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Figure[]
}

async function measure(): Promise<Figure[]> {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  const { freshDatabase } = await import('../tests/support/database.js')
  await freshDatabase()
  const { contendedRounds } = await import('../tests/functional/organization/race.js')
  const result = await contendedRounds(ROUNDS)
  await app.terminate()
  for (const end of ['', '-wal', '-shm']) rmSync(`${DATABASE}${end}`, { force: true })
  if (result.unexpected.length) throw result.unexpected[0]
  return [
    {
      name: `seats taken against seats authorised, ${ROUNDS} contended rounds`,
      ratio: result.taken / result.authorised,
      bar: 1,
    },
    {
      name: `rounds with another number of winners than of places, of ${ROUNDS}`,
      ratio: result.wrongRounds,
      bar: 0,
    },
  ]
}

if (import.meta.main) console.log(JSON.stringify(await measure()))
