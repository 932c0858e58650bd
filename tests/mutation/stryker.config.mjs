/**
 * Mutants of one calculating core (CORE=ledger, pay or matching) against its own specs: what a spec
 * would not notice survives. `npm run mutation` runs all three; the bar is a score of 80.
 */
import { fileURLToPath } from 'node:url'
import { mutate } from './cores.mjs'

export default {
  mutate,
  plugins: [fileURLToPath(new URL('spec_runner.mjs', import.meta.url))],
  testRunner: 'specs',
  testRunnerNodeArgs: ['--import', '@poppinss/ts-exec'],
  coverageAnalysis: 'perTest',
  disableTypeChecks: 'app/**/*.ts',
  ignorePatterns: ['storage', 'tmp', 'build', 'public', 'docs', 'resources', '.git'],
  tempDirName: 'tmp/mutation',
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  // The clock is for loops that the count of rounds does not reach; a busy machine is no such loop.
  timeoutMS: 20_000,
  thresholds: { high: 90, low: 80, break: 80 },
}
