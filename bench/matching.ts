import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkMatching } from '../app/selection/domain/matching/check.js'
import { solveMatching } from '../app/selection/domain/matching/solve.js'
import type { MatchingInstance } from '../app/selection/domain/matching/types.js'

const PEOPLE = 1_000_000
const FEW = 10_000
const PER_POST = 50
const PREFERENCES = 10
const GIBIBYTES_1_5 = 1.5
const FILE = join(tmpdir(), 'ronghe-bench-matching.json')

interface Timed {
  parse: number
  solved: number
  /** GB, of the whole process at its fullest. */
  peak: number
}

/**
 * A round of a million people with ten preferences over 20,000 posts (a tenth of every ranking is
 * ties): result and proof against reading the same instance with JSON.parse. Every size is made
 * in one process and measured in another, so that its memory is its own.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  const few = await inOwnProcess(FEW)
  const many = await inOwnProcess(PEOPLE)
  const each = (timed: Timed, people: number) => timed.solved / people
  return [
    { name: '1,000,000 × 10 with proof: time', ratio: many.solved / many.parse, bar: 1 },
    { name: 'peak memory of the process, to 1.5 GB', ratio: many.peak / GIBIBYTES_1_5, bar: 1 },
    {
      name: 'per preference, 1,000,000 to 10,000 people',
      ratio: each(many, PEOPLE) / each(few, FEW),
      bar: 8,
    },
  ]
}

async function inOwnProcess(people: number): Promise<Timed> {
  try {
    await asked('make', people)
    return await asked('measure', people)
  } finally {
    rmSync(FILE, { force: true })
  }
}

async function asked(task: keyof typeof TASKS, people: number): Promise<Timed> {
  const child = fork(import.meta.filename, [task, String(people)])
  const [answer] = (await once(child, 'message')) as [Timed]
  await once(child, 'exit')
  return answer
}

const TASKS = {
  make: (people: number) => writeFileSync(FILE, round(people)),
  measure,
}

if (process.send && process.argv[1] === import.meta.filename) {
  const [, , task, people] = process.argv
  process.send(TASKS[task as keyof typeof TASKS](Number(people)) ?? {})
  process.disconnect()
}

function measure(people: number): Timed {
  const text = readFileSync(FILE, 'utf8')
  const rounds = Math.max(2, Math.round(100_000 / people))
  let parse = Number.POSITIVE_INFINITY
  let solved = Number.POSITIVE_INFINITY
  for (let at = 0; at < rounds; at++) {
    const started = performance.now()
    const instance = JSON.parse(text) as MatchingInstance
    const read = performance.now()
    const { assignments } = solveMatching(instance)
    const { stable } = checkMatching(instance, assignments)
    const done = performance.now()
    if (!stable) throw new Error('the result of the bench is not stable')
    parse = Math.min(parse, read - started)
    solved = Math.min(solved, done - read)
  }
  return { parse, solved, peak: process.resourceUsage().maxRSS / 1_048_576 }
}

/** The text of a round: some posts are wanted more, four places for five people. */
function round(people: number): string {
  let state = 20_220_301
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  const posts = people / PER_POST
  const listedBy: number[][] = Array.from({ length: posts }, () => [])
  const parts = ['{"applicants":[']
  for (let person = 0; person < people; person++) {
    const listed = new Set<number>()
    while (listed.size < PREFERENCES) listed.add(Math.min(next(posts), next(posts)))
    for (const post of listed) listedBy[post].push(person)
    const names = [...listed].map((post) => `"P${post}"`).join()
    parts.push(`${person ? ',' : ''}{"id":"a${person}","preferences":[${names}]}`)
  }
  parts.push('],"posts":[')
  listedBy.forEach((people_, post) => {
    for (let at = people_.length - 1; at > 0; at--) {
      const other = next(at + 1)
      ;[people_[at], people_[other]] = [people_[other], people_[at]]
    }
    const ranking: string[] = []
    for (let at = 0; at < people_.length; at++) {
      const tie = at % 20 === 0 && at + 1 < people_.length
      ranking.push(tie ? `["a${people_[at]}","a${people_[++at]}"]` : `"a${people_[at]}"`)
    }
    parts.push(`${post ? ',' : ''}{"id":"P${post}","capacity":40,"ranking":[${ranking.join()}]}`)
  })
  parts.push('],"tieBreak":{"seed":"2022-03-01"}}')
  return parts.join('')
}
