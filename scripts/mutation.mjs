/**
 * `npm run mutation [core…]`: mutants of the calculating cores (ledger, pay, matching) against their
 * own specs; seconds to a quarter of an hour a core on two processors. A file of the core after it
 * (`npm run mutation pay app/pay/domain/tax.ts`) mutates that file alone. What it needs stands apart
 * from the application's packages, so that a start does not bring it.
 */
import { join } from 'node:path'
import { ROOT, node24, run } from './lib.mjs'

/** Every mutant meets the specs; generated cases are fewer than in the suite. */
const FEW_CASES = { PROOF_ROUNDS: '100', PROOF_MATCHINGS: '200' }
const FOLDER = join(ROOT, 'tests/mutation')
const node = node24()
const stryker = join(FOLDER, 'node_modules/@stryker-mutator/core/bin/stryker.js')

let status = run('npm', ['ci', '--prefix', FOLDER, '--no-audit', '--no-fund'])
const words = process.argv.slice(2)
const files = words.filter((word) => word.includes('/'))
const named = words.filter((word) => !files.includes(word))
const only = files.length > 0 ? ['--mutate', files.join(',')] : []
for (const core of status === 0 ? (named.length > 0 ? named : ['ledger', 'pay', 'matching']) : []) {
  const env = { NODE_ENV: 'test', ...FEW_CASES, ...process.env, CORE: core }
  status ||= run(node, [stryker, 'run', join(FOLDER, 'stryker.config.mjs'), ...only], { env })
}
process.exit(status)
