/**
 * Mutants of one calculating core (CORE=ledger, pay or matching) against its own specs: what a spec
 * would not notice survives. `npm run mutation` runs all three; the bar is a score of 80.
 */
const CORES = {
  ledger: {
    mutate: ['app/organization/domain/quota_*.ts'],
    specs: ['unit/organization/quota_ledger.spec.ts'],
  },
  pay: {
    mutate: ['app/pay/domain/allocation/*.ts', 'app/pay/domain/tax.ts'],
    specs: ['allocation', 'allocation_input', 'tax'].map((name) => `unit/pay/${name}.spec.ts`),
  },
  matching: {
    mutate: ['app/selection/domain/matching/*.ts'],
    specs: [
      'unit/selection/matching/solve.spec.ts',
      'unit/selection/matching/properties.spec.ts',
      'unit/selection/matching/read_market.spec.ts',
      'unit/selection/matching/lot.spec.ts',
    ],
  },
}
const { mutate, specs } = CORES[process.env.CORE]
const files = specs.map((spec) => `--files=${spec}`).join(' ')

export default {
  mutate,
  testRunner: 'command',
  commandRunner: {
    command: `node --import @poppinss/ts-exec tests/mutation/run_specs.ts ${files} --bail`,
  },
  disableTypeChecks: 'app/**/*.ts',
  ignorePatterns: ['storage', 'tmp', 'build', 'public', 'docs', 'resources', '.git'],
  tempDirName: 'tmp/mutation',
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  timeoutMS: 20_000,
  thresholds: { high: 90, low: 80, break: 80 },
}
