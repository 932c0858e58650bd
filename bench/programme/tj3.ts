import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedDays } from '../../app/calendar/domain/seed_days.js'
import {
  solveSchedule,
  type LinkType,
  type ScheduleInstance,
  type ScheduleTaskInput,
} from '../../app/programme/domain/schedule/solve.js'
import { addDays } from '../../app/shared/dates.js'

/**
 * The schedule engine against TaskJuggler, an independent scheduler, on random networks and the
 * official calendar with its swapped days: earliest start and finish of every item, day by day.
 *
 *     node --import @poppinss/ts-exec bench/programme/tj3.ts [seed] [networks]
 *
 * TaskJuggler knows FS and SS with a gap; FF and SF are held by the longest-path check of
 * tests/unit/programme/schedule/properties.spec.ts. Exits 1 on a difference.
 */
const seed = Number(process.argv[2] ?? 20_220_104)
const count = Number(process.argv[3] ?? 200)

const MOST_ITEMS = 40
/** Projects in one run of TaskJuggler, so that starting Ruby does not count. */
const TOGETHER = 50
const [FIRST_YEAR, LAST_YEAR] = [2022, 2025]
const [FIRST, END] = [`${FIRST_YEAR}-01-01`, `${LAST_YEAR + 1}-01-01`]
/** A working day is one hour for TaskJuggler; its start and end are the boundaries of ours. */
const EVENING = '10:00'

type Dates = [earliestStart: string, earliestFinish: string]

const official = years().flatMap(seedDays)
if (official.some(({ confirmed }) => !confirmed)) throw new Error('a year is not announced yet')
const calendar = {
  holidays: official.filter(({ kind }) => kind === 'holiday').map(({ day }) => day),
  workdays: official.filter(({ kind }) => kind === 'workday').map(({ day }) => day),
}
const days = daysBetween(FIRST, END)
const worked = days.filter(isWorked)

await main()

async function main() {
  needTaskJuggler()
  const next = random(seed)
  const networks = Array.from({ length: count }, () => network(next))
  const differences: string[] = []
  for (let at = 0; at < count; at += TOGETHER) {
    const some = networks.slice(at, at + TOGETHER)
    const answers = await taskJuggler(some)
    for (const [place, instance] of some.entries()) {
      const { tasks } = solveSchedule(instance)
      for (const task of instance.tasks) {
        const theirs = answers.get(`n${place}.${task.id}`) ?? ['nothing', 'nothing']
        const { earliestStart, earliestFinish } = tasks[task.id]
        if (earliestStart === theirs[0] && earliestFinish === theirs[1]) continue
        const ours = `${earliestStart} – ${earliestFinish}`
        differences.push(`network ${at + place} ${task.id}: ${ours}, tj3 ${theirs.join(' – ')}`)
      }
    }
  }
  const all = networks.flatMap(({ tasks }) => tasks)
  const links = all.reduce((sum, { after }) => sum + after!.length, 0)
  for (const difference of differences.slice(0, 20)) console.log(difference)
  console.log(
    `seed ${seed}, ${FIRST_YEAR}–${LAST_YEAR} with ${calendar.workdays.length} swapped days`
  )
  console.log(
    `${count} networks, ${all.length} items, ${links} links: ${differences.length} differ`
  )
  process.exit(differences.length > 0 ? 1 : 0)
}

function needTaskJuggler() {
  try {
    console.log(execFileSync('tj3', ['--version'], { encoding: 'utf8' }).trim())
  } catch {
    console.error('tj3 (TaskJuggler) is not installed. Debian, Ubuntu: apt-get install tj3')
    console.error('Elsewhere: gem install taskjuggler')
    process.exit(1)
  }
}

/** A plan without a cycle: starts on any day, worked or free; milestones, lags, not-before dates. */
function network(next: (below: number) => number): ScheduleInstance {
  const start = days[next(365)]
  const tasks: ScheduleTaskInput[] = []
  for (let index = 0, items = 5 + next(MOST_ITEMS - 4); index < items; index++) {
    // TaskJuggler takes one link between two tasks.
    const before = new Set(
      Array.from({ length: index && next(6) }, () => Math.max(0, index - 1 - next(8)))
    )
    tasks.push({
      id: `t${index}`,
      duration: next(10),
      after: [...before].map((from) => ({
        id: `t${from}`,
        type: (next(2) ? 'FS' : 'SS') as LinkType,
        lag: next(3) ? 0 : next(6),
      })),
      notBefore: next(8) ? null : addDays(start, next(120)),
    })
  }
  return { calendar, start, tasks }
}

/** Dates of all items by `n<place of the network>.<id>`. */
async function taskJuggler(instances: readonly ScheduleInstance[]): Promise<Map<string, Dates>> {
  const folder = await mkdtemp(join(tmpdir(), 'tj3-'))
  try {
    await writeFile(join(folder, 'plan.tjp'), projectFile(instances))
    execFileSync('tj3', ['--silent', '--no-color', 'plan.tjp'], { cwd: folder, stdio: 'inherit' })
    const [, ...lines] = (await readFile(join(folder, 'out.csv'), 'utf8')).trim().split('\n')
    const rows = lines.map((line) => line.split(';').map((cell) => JSON.parse(cell) as string))
    const times = new Map(rows.map(([id, start, end]) => [id, [start, end]] as const))
    return new Map(
      instances.flatMap(({ start, tasks }, place) =>
        tasks.map(({ id, duration }) => {
          const [from, to] = times.get(`n${place}.${id}`)!.map(boundary)
          return [`n${place}.${id}`, inclusive(from, to, duration, boundary(start!))] as const
        })
      )
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

function projectFile(instances: readonly ScheduleInstance[]): string {
  const free = days.filter((day) => !isWorked(day)).map((day) => `holiday "free" ${day}`)
  return [
    `project bench "bench" ${FIRST} - ${END} {`,
    `  timezone "UTC"`,
    `  timingresolution 60min`,
    `  dailyworkinghours 1`,
    `  workinghours mon - sun 9:00 - ${EVENING}`,
    `}`,
    `leaves ${free.join(',\n  ')}`,
    ...instances.flatMap(projectOf),
    `taskreport "out" { formats csv columns id, start, end timeformat "%Y-%m-%d %H:%M" }`,
  ].join('\n')
}

/** A task begins after its links, and after a milestone on its not-before date or on the start. */
function projectOf({ start, tasks }: ScheduleInstance, place: number): string[] {
  const lines = [`task n${place} "n" {`, `  task begin "begin" { start ${start} milestone }`]
  // Its search for loops stumbles over the start of a milestone, which is its end as well.
  const milestones = new Set(tasks.filter(({ duration }) => duration === 0).map(({ id }) => id))
  for (const { id, duration, after, notBefore } of tasks) {
    const depends = [
      '!begin',
      ...after!.map(({ id: other, type, lag }) => {
        const onStart = type === 'SS' && !milestones.has(other)
        const options = [onStart && 'onstart', lag > 0 && `gaplength ${lag}d`].filter(Boolean)
        return options.length > 0 ? `!${other} { ${options.join(' ')} }` : `!${other}`
      }),
    ]
    if (notBefore) {
      lines.push(`  task ${id}_date "date" { start ${notBefore} milestone }`)
      depends.push(`!${id}_date`)
    }
    const length = duration > 0 ? `length ${duration}d` : 'milestone'
    lines.push(`  task ${id} "${id}" { ${length} depends ${depends.join(', ')} }`)
  }
  return [...lines, '}']
}

/** How many working days are over at a time of TaskJuggler's, or at a date's midnight. */
function boundary(time: string): number {
  const [day, clock = '00:00'] = time.split(' ')
  return worked.filter((one) => one < day || (one === day && clock >= EVENING)).length
}

/** As shared files print it: inclusive days; a milestone's is the one before, at the start itself. */
function inclusive(from: number, to: number, duration: number, start: number): Dates {
  if (duration > 0) return [worked[from], worked[to - 1]]
  const day = worked[from === start ? from : from - 1]
  return [day, day]
}

function isWorked(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  if (calendar.workdays.includes(day)) return true
  return weekday > 0 && weekday < 6 && !calendar.holidays.includes(day)
}

function daysBetween(first: string, end: string): string[] {
  const list: string[] = []
  for (let day = first; day < end; day = addDays(day, 1)) list.push(day)
  return list
}

function years(): number[] {
  return Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index)
}

/** Whole numbers below a limit, the same for the same seed (mulberry32). */
function random(from: number): (below: number) => number {
  let state = from | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}
