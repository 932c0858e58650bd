import type { Row } from '../app/shared/database.js'
import { signIn } from './http.support.js'
import { aside, sqlite } from './process.support.js'
import type { Measured } from './run.js'

const PEOPLE = 5_000
const UNITS = 20
const TASKS = 200
const ITEMS = 300
const MILESTONES = 12
const BATCHES = 20
const ROUNDS = 60
const DATABASE = 'tmp/bench-cockpit.sqlite3'
const PORT = '3598'
const ADDRESS = `http://127.0.0.1:${PORT}`
const TODAY = '2026-06-01'
const BAR = 2

/**
 * The leadership's page at 200 tasks, 300 work items and 5,000 people against the first page of the
 * people list, both as whole pages over HTTP, signed in with a session of the database. Runs in a
 * process of its own, on a database that is made for it and thrown away.
 */
export function run(): Promise<Measured[]> {
  return aside(import.meta.filename, {
    ...sqlite(DATABASE),
    PORT,
    SESSION_DRIVER: 'database',
    APP_URL: `http://localhost:${PORT}`,
  })
}

async function measure(): Promise<Measured[]> {
  const { createIgnitor } = await import('../bin/ignitor.js')
  await createIgnitor().httpServer().start()
  const { useBuiltAssets, withoutVite } = await import('../tests/support/assets.js')
  const { freshDatabase } = await import('../tests/support/database.js')
  const { clock } = await import('../app/shared/clock.js')
  const { givenUser } = await import('../tests/support/givens.js')
  await withoutVite()
  await useBuiltAssets()
  await freshDatabase()
  clock.freeze(TODAY)
  const leader = await givenUser({ role: 'leadership' })
  await fill()
  const cookie = await signIn(ADDRESS, leader.username)
  const [people, cockpit] = await cheapest([
    () => page('/people/persons', cookie),
    () => page('/', cookie),
  ])
  const what = `${TASKS} tasks, ${ITEMS} items, ${PEOPLE} people`
  return [
    {
      name: `cockpit at ${what}: CPU of the page against the people list`,
      ratio: cockpit / people,
      bar: BAR,
    },
  ]
}

async function fill() {
  const { bulkInsert, inTransaction } = await import('../app/shared/database.js')
  const tables = [organisation(), transfers(), tasks(), plan()].flat()
  await inTransaction(async (trx) => {
    for (const [table, rows] of tables) await bulkInsert(trx, table, rows)
  })
}

const CREATED = '2026-01-01 00:00:00.000'
const stamps = { version: 1, created_at: CREATED }
const range = (length: number) => Array.from({ length }, (_, index) => index + 1)
const unitOf = (id: number) => 1 + (id % UNITS)
/** A day around today, the same in every run. */
const dayOf = (id: number) => `2026-${String(4 + (id % 5)).padStart(2, '0')}-1${id % 10}`

type Rows = [table: string, rows: Row[]]

function organisation(): Rows[] {
  return [
    [
      'units',
      range(UNITS).map((id) => ({
        id,
        code: `U${id}`,
        name: `单位${id}`,
        name_pinyin: 'danwei',
        name_initials: 'dw',
        kind: 'reform',
        ...stamps,
      })),
    ],
    [
      'persons',
      range(PEOPLE).map((id) => ({
        id: 1_000 + id,
        name: `职工${id}`,
        name_pinyin: `zhigong${id}`,
        name_initials: 'zg',
        sex: id % 2 ? 'male' : 'female',
        birth_on: '1985-05-05',
        ...stamps,
      })),
    ],
    [
      'assignments',
      range(PEOPLE).map((id) => ({
        id,
        person_id: 1_000 + id,
        kind: 'main',
        unit_id: unitOf(id),
        employment_type: id % 3 ? 'establishment' : 'contract',
        valid_from: '2020-01-01',
        source: 'roster',
        recorded_at: CREATED,
      })),
    ],
    [
      'quota_accounts',
      range(UNITS).flatMap((id) =>
        (['issued', 'filled'] as const).map((kind) => ({
          unit_id: id,
          kind,
          funding_type: 'full',
          category: 'professional',
          balance: kind === 'issued' ? -200 : 200,
        }))
      ),
    ],
  ]
}

function transfers(): Rows[] {
  return [
    [
      'transfer_batches',
      range(BATCHES).map((id) => ({
        id,
        number: `HZ-${id}`,
        title: `批次${id}`,
        effective_on: dayOf(id),
        steps: '[]',
        state: id % 2 ? 'draft' : 'scheduled',
        ...stamps,
      })),
    ],
    [
      'transfer_lines',
      range(PEOPLE).map((id) => ({
        batch_id: 1 + (id % BATCHES),
        line_no: id,
        kind: 'person_with_quota',
        person_id: 1_000 + id,
        assignment_id: id,
        quantity: 1,
        from_unit_id: unitOf(id),
        to_unit_id: 1,
        verdict: id % 9 ? 'ok' : 'blocked',
        findings: '[]',
      })),
    ],
  ]
}

function tasks(): Rows[] {
  return [
    [
      'tasks',
      range(TASKS).map((id) => ({
        id,
        number: `RW-${id}`,
        title: `任务${id}`,
        source_kind: 'plan',
        source: '方案',
        state: 'active',
        ...stamps,
      })),
    ],
    [
      'task_parts',
      range(TASKS).flatMap((id) =>
        (['lead', 'support'] as const).map((role, index) => ({
          task_id: id,
          unit_id: unitOf(id + index),
          role,
          content: `任务${id}`,
          ...stamps,
          due_on: dayOf(id + index),
          state: id % 5 ? 'open' : 'submitted',
        }))
      ),
    ],
  ]
}

function plan(): Rows[] {
  const milestone = (id: number) => id <= MILESTONES
  const phaseOf = (id: number) => 1 + (id % MILESTONES)
  return [
    [
      'programmes',
      [
        {
          id: 1,
          code: 'reform',
          name: '改革方案',
          starts_on: '2026-01-05',
          yellow_days: 5,
          ...stamps,
        },
      ],
    ],
    [
      'work_items',
      range(ITEMS).map((id) => ({
        id,
        number: milestone(id) ? `${id}` : `${phaseOf(id)}.${id}`,
        name: `工作${id}`,
        kind: milestone(id) ? 'milestone' : 'work',
        duration: milestone(id) ? 0 : 1 + (id % 9),
        phase_id: milestone(id) ? null : phaseOf(id),
        lead_unit_id: unitOf(id),
        state: 'active',
        ...stamps,
      })),
    ],
    [
      'work_links',
      range(ITEMS)
        .filter((id) => !milestone(id))
        .map((id) => ({
          from_id: id,
          to_id: phaseOf(id),
          type: 'FS',
          lag: 0,
          created_at: CREATED,
        })),
    ],
    [
      'fixed_dates',
      range(MILESTONES).map((id) => ({
        item_id: id,
        fixed_on: dayOf(id),
        source: 'plan',
        recorded_at: CREATED,
      })),
    ],
    [
      'forecast_days',
      range(ITEMS).map((id) => ({
        day: '2026-05-24',
        item_id: id,
        finish: '2026-06-05',
        light: 'green',
      })),
    ],
  ]
}

async function page(path: string, cookie: string) {
  const answer = await fetch(ADDRESS + path, { headers: { cookie }, redirect: 'manual' })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text.slice(0, 200)}`)
}

/** The least CPU of each, taken in turns; what others do on the machine does not count. */
async function cheapest(works: Array<() => Promise<unknown>>): Promise<number[]> {
  const best = works.map(() => Infinity)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, work] of works.entries()) {
      const start = process.cpuUsage()
      await work()
      const { user, system } = process.cpuUsage(start)
      best[index] = Math.min(best[index], user + system)
    }
  }
  return best
}

if (import.meta.main) {
  console.log(JSON.stringify(await measure()))
  process.exit(0)
}
