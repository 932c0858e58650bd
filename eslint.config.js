import { configApp } from '@adonisjs/eslint-config'

/** The floor plan: a module may call only modules above it in this list. */
const MODULES = [
  'shared',
  'audit',
  'calendar',
  'decisions',
  'imports',
  'organization',
  'people',
  'accounts',
  'discipline',
  'transfers',
  'selection',
  'recruitment',
  'performance',
  'pay',
  'governance',
  'programme',
  'funds',
  'assessment',
  'dashboard',
]

/** As expressions: to a pattern in `group` a leading # begins a comment, which refuses nothing. */
const restrict = (patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
})

/** What module `name` may not import from others. */
const borderOf = (name, index) => {
  const below = MODULES.slice(index + 1)
  const others = MODULES.filter((other) => other !== name && other !== 'shared')
  return [
    ...(below.length
      ? [
          {
            regex: `^#(${below.join('|')})/`,
            message: `${name} may call only modules above it (docs/architecture.md); use a port of shared.`,
          },
        ]
      : []),
    ...(others.length
      ? [
          {
            regex: `^#(${others.join('|')})/(models|controllers)/`,
            message: 'Another module is called through its actions, queries and domain.',
          },
        ]
      : []),
  ]
}

const pureDomain = [
  {
    regex:
      '^@adonisjs/|^#(start|config|generated)/|(^|/)(actions|queries|models|controllers)/|^#shared/(database|clock)$',
    message: 'domain/ is pure: no database, no clock, no framework.',
  },
]

/** Of two blocks that fit a file the later one's rule replaces the other: domain/ repeats its border. */
const borders = MODULES.flatMap((name, index) => [
  { files: [`app/${name}/**/*.ts`], rules: restrict(borderOf(name, index)) },
  {
    files: [`app/${name}/**/domain/**/*.ts`],
    rules: restrict([...borderOf(name, index), ...pureDomain]),
  },
])

const plainLiterals = {
  selector:
    'ObjectExpression > SpreadElement > ObjectExpression, ArrayExpression > SpreadElement > ArrayExpression',
  message: 'Its members themselves: a literal is not spread into a literal of its kind.',
}

const oneTransaction = {
  files: ['app/**/*.ts', 'commands/**/*.ts', 'providers/**/*.ts'],
  ignores: ['app/shared/database.ts'],
  rules: {
    'no-restricted-syntax': [
      'error',
      plainLiterals,
      {
        selector: "CallExpression[callee.property.name='transaction']",
        message: 'Only inTransaction() of shared/database opens one: Lucid hides failed commits.',
      },
      {
        selector: "CallExpression[callee.property.name='commit']",
        message: 'Only inTransaction() of shared/database commits: Lucid hides failed commits.',
      },
      {
        selector: "CallExpression[callee.property.name='createMany']",
        message:
          'bulkInsert() of shared/database writes many rows; createMany is one INSERT a row.',
      },
      {
        selector:
          "ExpressionStatement > AwaitExpression > CallExpression[callee.property.name='may']",
        message: 'A permission that is asked and dropped protects nothing: authorize().',
      },
      {
        selector: "ExpressionStatement > CallExpression[callee.property.name='may']",
        message: 'A permission that is asked and dropped protects nothing: authorize().',
      },
    ],
  },
}

export default configApp(
  { ignores: ['build/**', 'public/**', 'tmp/**', 'storage/**', '.adonisjs/**', 'resources/js/**'] },
  ...borders,
  { rules: { 'no-restricted-syntax': ['error', plainLiterals] } },
  oneTransaction,
  {
    // `(await query).map(…)` and `_` for what is not used are plain to read.
    rules: {
      '@unicorn/no-await-expression-member': 'off',
      '@typescript-eslint/naming-convention': 'off',
    },
  }
)
