/**
 * `npm run proof`: the whole figures of which `.ci/run` takes a share (hours on two cores). Writes
 * what came out, with its date and the commit, to the end of docs/proof.md. `npm run proof -- 0.01` takes a
 * hundredth, to try it.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, node24 } from './lib.mjs'

const share = Number(process.argv[2] ?? 1)
const of = (figure) => String(Math.max(1, Math.round(figure * share)))

const PROOFS = [
  ['Mutated workbooks and CSVs', { PROOF_MUTATIONS: of(100_000) }, ['unit', '--files=mutations']],
  ['Contended rounds for the last quota', { RACE_ROUNDS: of(10_000) }, ['functional', '--files=races', '--files=quota_ledger']],
  ['Generated rounds of two-way selection', { PROOF_MATCHINGS: of(1_000_000) }, ['unit', '--files=unit/selection/matching/properties.spec.ts', '--files=unit/selection/matching/read_market.spec.ts']],
  ['Kills of application, worker and database', { KILLS: of(1_000) }, ['faults']],
]

const node = node24()
const rows = PROOFS.map(([name, figures, args]) => {
  console.log(`== ${name} ${JSON.stringify(figures)}`)
  const { status, stdout } = spawnSync(node, ['ace.js', 'test', ...args, '--timeout=0'], {
    cwd: ROOT,
    env: { ...process.env, ...figures, NODE_ENV: 'test' },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const plain = stdout.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')
  const closing = /^ *Tests +(.*)$/m.exec(plain)?.[1] ?? 'no test ran'
  console.log(`   ${closing}`)
  const asked = Object.entries(figures).map(([key, value]) => `${key}=${value}`)
  return `| ${name} | ${asked.join(' ')} | ${status === 0 ? 'passed' : '**failed**'}: ${closing} |`
})

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' })
appendFileSync(
  join(ROOT, 'docs/proof.md'),
  [
    '',
    `## \`npm run proof\` on ${new Date().toISOString().slice(0, 10)}`,
    '',
    `Commit ${commit.trim()}, share ${share} of the whole figures.`,
    '',
    '| what | figures | outcome |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
)
