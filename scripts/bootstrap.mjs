/**
 * Before `npm start`, `npm run dev` and `npm test`: packages as the lock file says, Node 24, .env.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, ensureEnv, fingerprint, node24, run, say, stamp, stamped, stop } from './lib.mjs'

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(
    `Node 20 or later is needed to start, this is ${process.versions.node}. Install a current Node (nodejs.org).`,
    `启动需要 Node 20 或更高版本,当前为 ${process.versions.node}。请安装较新的 Node。`
  )
}

const lock = fingerprint(['package-lock.json'])
const INSTALLED = 'node_modules/.ronghe-lock'
if (!existsSync(join(ROOT, 'node_modules')) || !stamped(INSTALLED, lock)) {
  say('installing packages (正在安装依赖)')
  const status = run('npm', ['ci', '--include=dev', '--include=optional', '--loglevel=error'])
  if (status !== 0) {
    stop(
      'npm ci failed: check that the npm registry is reachable and that this folder is writable, then start again.',
      'npm ci 失败:请检查能否访问 npm 源、目录是否可写,然后重试。'
    )
  }
  stamp(INSTALLED, lock)
}
node24()
if (process.argv[2] !== 'test') ensureEnv()
