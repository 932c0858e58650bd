import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { createConnection } from 'mysql2/promise'
import { freePort } from './harness.js'

const exec = promisify(execFile)

/** Why the tests with an own database server cannot run here; null: they can. */
export function whyNoMariadb(): string | null {
  const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`
  try {
    execFileSync('sh', ['-c', 'command -v mariadbd'], { env: { ...process.env, PATH } })
    return null
  } catch {
    return 'mariadbd is not installed: run `.ci/mariadb start` once, it installs the package'
  }
}

/** A MariaDB beside any other one, with its own folder and port, for tests that kill or freeze it. */
export async function ownMariadb() {
  const folder = mkdtempSync(join(tmpdir(), 'ronghe-db-'))
  const variables = { MARIADB_DIR: folder, MARIADB_PORT: String(await freePort()) }
  const script = (verb: string) =>
    exec(app.makePath('.ci/mariadb'), [verb], { env: { ...process.env, ...variables } })

  /** Starts it, also again after a kill, and gives the variables by which the application finds it. */
  const start = async (): Promise<Record<string, string>> => {
    const { stdout } = await script('start')
    return Object.fromEntries(
      stdout
        .trim()
        .split(/\s+/)
        .map((pair) => pair.split('=') as [string, string])
    )
  }
  const signal = (name: NodeJS.Signals) =>
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), name)

  const connection = await start()
  await exec(process.execPath, ['ace.js', 'migration:run', '--force'], {
    cwd: app.makePath(),
    env: { ...process.env, ...connection },
  })
  return {
    connection,
    start,
    signal,
    async rows(sql: string): Promise<any[]> {
      const session = await createConnection({
        host: connection.DB_HOST,
        port: Number(connection.DB_PORT),
        user: connection.DB_USER,
        password: connection.DB_PASSWORD,
        database: connection.DB_DATABASE,
      })
      try {
        const [rows] = await session.query(sql)
        return rows as any[]
      } finally {
        session.destroy()
      }
    },
    async remove() {
      await script('stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
