import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const PEOPLE = 500
const SECONDS = 60
const DATABASE = 'tmp/bench-selection.sqlite3'

export interface Figure {
  name: string
  ratio: number
  bar: number
}

/**
 * The rush at the deadline: 500 people save in the last minute, all at once, several times over.
 * Time against the minute; choices lost or refused as late, of which there may be none. Runs in a
 * process of its own, on a database that is made for it and thrown away.
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
  const { clock } = await import('#shared/clock')
  const { rush } = await import('../tests/functional/selection/rush.js')
  clock.freeze('2022-02-18')
  const result = await rush(PEOPLE)
  await app.terminate()
  for (const end of ['', '-wal', '-shm']) rmSync(`${DATABASE}${end}`, { force: true })
  return [
    {
      name: `${PEOPLE} people save at once in the last minute: time against the minute`,
      ratio: result.seconds / SECONDS,
      bar: 1,
    },
    { name: 'choices lost, or refused as late', ratio: result.lost + result.refused, bar: 0 },
  ]
}

if (import.meta.main) console.log(JSON.stringify(await measure()))
