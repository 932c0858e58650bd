import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkMatching } from '../app/selection/domain/matching/check.js'
import { readMarket } from '../app/selection/domain/matching/read_market.js'
import { solveMatching } from '../app/selection/domain/matching/solve.js'

const PEOPLE = 1_000_000
const FEW = 10_000
const PER_POST = 50
const PREFERENCES = 10
const GIBIBYTES_1_5 = 1.5
const FILE = join(tmpdir(), 'ronghe-bench-matching.json')

interface Timed {
  /** Milliseconds, the least of the rounds. */
  time: number
  /** GB, of the whole process at its fullest. */
  peak: number
}

/**
 * A round of a million people with ten preferences over 20,000 posts (a tenth of every ranking is
 * ties): from the bytes of the file to result and proof, against nothing but JSON.parse of the same
 * text. Made, parsed and solved in a process each, so that the memory of each is its own.
 */
export async function run(): Promise<{ name: string; ratio: number; bar: number }[]> {
  const few = await inOwnProcesses(FEW)
  const many = await inOwnProcesses(PEOPLE)
  const each = (taken: Timed, people: number) => taken.time / people
  return [
    { name: '1,000,000 × 10 with proof: time', ratio: many.solved.time / many.parsed.time, bar: 1 },
    {
      name: 'peak memory of the process, to 1.5 GB',
      ratio: many.solved.peak / GIBIBYTES_1_5,
      bar: 1,
    },
    {
      name: 'per preference, 1,000,000 to 10,000 people',
      ratio: each(many.solved, PEOPLE) / each(few.solved, FEW),
      bar: 8,
    },
  ]
}

async function inOwnProcesses(people: number): Promise<{ parsed: Timed; solved: Timed }> {
  try {
    await asked('make', people)
    return { parsed: await asked('parse', people), solved: await asked('solve', people) }
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
  parse: (people: number) => {
    const text = readFileSync(FILE, 'utf8')
    return timed(people, () => JSON.parse(text))
  },
  solve: (people: number) => {
    const bytes = readFileSync(FILE)
    return timed(people, () => {
      const market = readMarket(bytes)
      const { stable } = checkMatching(market, solveMatching(market).places())
      if (!stable) throw new Error('the result of the bench is not stable')
    })
  },
}

if (process.send && process.argv[1] === import.meta.filename) {
  const [, , task, people] = process.argv
  process.send(TASKS[task as keyof typeof TASKS](Number(people)) ?? {})
  process.disconnect()
}

function timed(people: number, work: () => void): Timed {
  const rounds = Math.max(2, Math.round(100_000 / people))
  let time = Number.POSITIVE_INFINITY
  for (let at = 0; at < rounds; at++) {
    const started = performance.now()
    work()
    time = Math.min(time, performance.now() - started)
  }
  return { time, peak: process.resourceUsage().maxRSS / 1_048_576 }
}

/** The text of a round: some posts are wanted more, four places for five people. */
function round(people: number): string {
  let state = 20_220_301
  const next = (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
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
