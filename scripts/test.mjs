/**
 * `npm test`: assets once, then the suites that need nothing but this folder (unit, functional on
 * SQLite, browser). Arguments replace the suites: `npm test -- unit --files=ledger`.
 */
import { fingerprint, node24, run, stamp, stamped } from './lib.mjs'

const node = node24()
const ASSETS = 'public/assets/.ronghe-assets'
const sources = fingerprint(['resources/css', 'resources/js', 'vite.config.ts', 'package-lock.json'])
if (!stamped(ASSETS, sources)) {
  const status = run(node, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
  if (status !== 0) process.exit(status)
  stamp(ASSETS, sources)
}

const given = process.argv.slice(2)
const args = given.length ? given : ['unit', 'functional', 'browser']
process.exit(run(node, ['ace.js', 'test', ...args], { env: { ...process.env, NODE_ENV: 'test' } }))
