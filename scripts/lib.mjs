/**
 * Plain JavaScript for what runs before anything is installed (Node 20 or later, no packages).
 */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync, mkdirSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const WINDOWS = process.platform === 'win32'

export function say(text) {
  console.log(`[ronghe] ${text}`)
}

/** Ends with what is missing and the way out, in both languages. */
export function stop(english, chinese) {
  console.error(`\n[ronghe] ${english}\n[ronghe] ${chinese}\n`)
  process.exit(1)
}

export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: WINDOWS,
    ...options,
  })
  if (result.error) throw result.error
  return result.status ?? 1
}

/** The Node 24 that the application runs on: the one beside the packages, else the one that runs now. */
export function node24() {
  const bundled = join(ROOT, 'node_modules', '.bin', WINDOWS ? 'node.cmd' : 'node')
  if (existsSync(bundled)) return bundled
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return stop(
    `Node 24 is needed, this is ${process.versions.node}, and no ready-built one exists for ${process.platform}/${process.arch}. Install Node 24 (nodejs.org) and start again.`,
    `需要 Node 24,当前为 ${process.versions.node},且没有适用于 ${process.platform}/${process.arch} 的预编译版本。请安装 Node 24 后重试。`
  )
}

/** Hash of names, sizes and times below some folders: tells whether a build is still fresh. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (!existsSync(path)) return
    const info = statSync(path)
    if (info.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name))
    } else {
      hash.update(`${path}\n`).update(readFileSync(path))
    }
  }
  paths.forEach((path) => visit(join(ROOT, path)))
  return hash.digest('hex')
}

export function stamped(file, value) {
  const path = join(ROOT, file)
  return existsSync(path) && readFileSync(path, 'utf8') === value
}

export function stamp(file, value) {
  const path = join(ROOT, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, value)
}

/** Writes .env with fresh keys on the first start; an existing one is never touched. */
export function ensureEnv() {
  const path = join(ROOT, '.env')
  if (existsSync(path)) return
  const key = () => randomBytes(32).toString('base64url')
  const text = readFileSync(join(ROOT, '.env.example'), 'utf8')
    .replace('APP_KEY=', `APP_KEY=${key()}`)
    .replace('DATA_KEY=', `DATA_KEY=${key()}`)
  writeFileSync(path, text, { mode: 0o600 })
  say('wrote .env with fresh keys (已生成 .env 与新密钥)')
}

/** The variables of .env; what the environment already says wins. */
export function environment() {
  const path = join(ROOT, '.env')
  const values = { ...process.env }
  if (!existsSync(path)) return values
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const match = /^([A-Z_]+)=(.*)$/.exec(line.trim())
    if (match && values[match[1]] === undefined) values[match[1]] = match[2]
  }
  return values
}

/** Environment for the production build, whose root is build/: data stay in the project's own folders. */
export function productionEnvironment() {
  const values = environment()
  const absolute = (name, fallback) => resolve(ROOT, values[name] || fallback)
  return {
    ...values,
    NODE_ENV: 'production',
    // `PORT=8080 npm start` also changes the address in links and in what is printed.
    ...(process.env.PORT && !process.env.APP_URL
      ? { APP_URL: `http://localhost:${process.env.PORT}` }
      : {}),
    ENV_PATH: ROOT,
    DB_FILE: absolute('DB_FILE', 'storage/ronghe.sqlite3'),
    STORAGE_DIR: absolute('STORAGE_DIR', 'storage'),
    BACKUP_DIR: absolute('BACKUP_DIR', 'storage/backups'),
  }
}
