/**
 * `npm start`: builds when the sources changed, prepares the database (migrations, calendar, on the
 * first start the demo city), serves.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT, fingerprint, node24, productionEnvironment, run, say, stamp, stamped, stop } from './lib.mjs'

const SOURCES = [
  'adonisrc.ts',
  'app',
  'bin',
  'commands',
  'config',
  'database',
  'package-lock.json',
  'providers',
  'resources',
  'start',
  'tsconfig.json',
  'vite.config.ts',
]
const BUILT = 'build/.ronghe-build'
const node = node24()

const sources = fingerprint(SOURCES)
if (!stamped(BUILT, sources)) {
  say('building (正在构建)')
  if (run(node, ['ace.js', 'build', '--ignore-ts-errors']) !== 0) {
    stop('The build failed; the lines above say where.', '构建失败,原因见上文。')
  }
  stamp(BUILT, sources)
}

const env = productionEnvironment()
const cwd = join(ROOT, 'build')
if (run(node, ['ace.js', 'app:prepare'], { cwd, env }) !== 0) {
  stop('The database could not be prepared; the lines above say why.', '数据库准备失败,原因见上文。')
}

const server = spawn(node, ['bin/server.js'], { cwd, env, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 0))
