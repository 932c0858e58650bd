/** The calculating cores: what is mutated, and the specs that every mutant meets. */
const CORES = {
  ledger: {
    mutate: ['app/organization/domain/quota_*.ts'],
    specs: ['tests/unit/organization/quota_ledger.spec.ts'],
  },
  pay: {
    mutate: ['app/pay/domain/allocation/*.ts', 'app/pay/domain/tax.ts'],
    specs: ['allocation', 'allocation_input', 'tax'].map(
      (name) => `tests/unit/pay/${name}.spec.ts`
    ),
  },
  matching: {
    mutate: ['app/selection/domain/matching/*.ts'],
    specs: [
      'solve',
      'check',
      'lot',
      'heaps',
      'names',
      'json_bytes',
      'refusals',
      'properties',
      'read_market',
    ].map((name) => `tests/unit/selection/matching/${name}.spec.ts`),
  },
}

export const { mutate, specs } = CORES[process.env.CORE]
