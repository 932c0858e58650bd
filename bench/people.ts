import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { fillPeople, UNITS } from './people.support.js'

const PEOPLE = 200_000
const MOVES = 5_000
const ROUNDS = 7
const DATABASE = 'tmp/bench-people.sqlite3'
const TODAY = '2026-06-01'

export interface Figure {
  name: string
  ratio: number
  bar: number
}

/**
 * The people list at 200,000 people, last page against first, for each order and for the filters
 * that offices use; and 5,000 assignments moved against the same rows written by plain set-based
 * SQL. Runs in a process of its own, on a database that is made for it and thrown away.
 */
export async function run(): Promise<Figure[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', '@poppinss/ts-exec', fileURLToPath(import.meta.url)],
    {
      env: { ...process.env, NODE_ENV: 'test', DB_CONNECTION: 'sqlite', DB_FILE: DATABASE },
      maxBuffer: 1024 * 1024,
    }
  )
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Figure[]
}

async function measure(): Promise<Figure[]> {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  const { freshDatabase } = await import('../tests/support/database.js')
  await freshDatabase()
  await fillPeople(PEOPLE)
  const figures = [...(await pages()), await moves()]
  await app.terminate()
  for (const end of ['', '-wal', '-shm']) rmSync(`${DATABASE}${end}`, { force: true })
  return figures
}

async function pages(): Promise<Figure[]> {
  const { Actor } = await import('../app/shared/actor.js')
  const { peopleFilterOf, peopleOrderOf } = await import('../app/people/queries/people_filter.js')
  const { peoplePage } = await import('../app/people/queries/people_list.js')
  const { peopleScope } = await import('../app/people/queries/people_scope.js')
  const scope = peopleScope(Actor.system('bench'))
  const lists: Record<string, string>[] = [
    { sort: 'name' },
    { sort: 'unit' },
    { sort: 'work_started' },
    { sort: 'name', employment: 'establishment', funding: 'full' },
    { sort: 'name', unit: '3' },
    { sort: 'work_started', unit: '3', employment: 'contract' },
  ]
  const figures: Figure[] = []
  for (const query of lists) {
    const filter = peopleFilterOf(query, TODAY)
    const page = (cursor: string | null) => peoplePage(filter, scope, peopleOrderOf(query), cursor)
    const [first, last] = await fastest([() => page(null), () => page('last')])
    const name = Object.entries(query)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ')
    figures.push({
      name: `people list ${name}: last page against first`,
      ratio: last / first,
      bar: 1.5,
    })
  }
  return figures
}

async function moves(): Promise<Figure> {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { Actor } = await import('../app/shared/actor.js')
  const { moveAssignments } = await import('../app/people/actions/move_assignments.js')
  const open = await db.from('assignments').whereNull('valid_to').orderBy('id').limit(MOVES)
  const list = open.map((row) => ({
    assignmentId: Number(row.id),
    unitId: (Number(row.unit_id) % UNITS) + 1,
    departmentId: null,
    postId: null,
    employmentType: row.employment_type,
    fundingType: row.funding_type,
    quotaCategory: row.quota_category,
    paidThrough: '2026-05',
    paidFrom: '2026-06',
  }))
  const input = {
    moves: list,
    effectiveOn: TODAY,
    documentId: null,
    sourceType: 'bench',
    sourceId: 1,
  }
  const last = Number(open.at(-1)!.id)
  const [ours, plain] = await fastest([
    () => rolledBack((trx) => moveAssignments(trx, Actor.system('bench'), input)),
    () => rolledBack((trx) => plainly(trx, last)),
  ])
  return { name: `${MOVES} assignments moved against plain SQL`, ratio: ours / plain, bar: 3 }
}

/** The same rows by nothing but set-based SQL: superseded, closed, opened. */
async function plainly(trx: any, lastId: number) {
  const columns =
    'person_id, kind, unit_id, employment_type, funding_type, quota_category, grade, source, recorded_at'
  const open = `FROM assignments WHERE id <= ${lastId} AND superseded_by = -1`
  await trx.rawQuery(
    `UPDATE assignments SET superseded_by = -1, superseded_at = '2026-06-01' WHERE id <= ${lastId} AND valid_to IS NULL`
  )
  await trx.rawQuery(
    `INSERT INTO assignments (${columns}, valid_from, valid_to, supersedes) SELECT ${columns}, valid_from, '${TODAY}', id ${open}`
  )
  await trx.rawQuery(
    `INSERT INTO assignments (${columns}, valid_from) SELECT ${columns}, '${TODAY}' ${open}`
  )
}

async function rolledBack(work: (trx: any) => Promise<unknown>) {
  const { inTransaction } = await import('../app/shared/database.js')
  const undo = new Error('undo')
  await inTransaction(async (trx) => {
    await work(trx)
    throw undo
  }).catch((error) => {
    if (error !== undo) throw error
  })
}

/** The least time of each, taken in turns so that both see the same machine. */
async function fastest(works: Array<() => Promise<unknown>>): Promise<number[]> {
  const best = works.map(() => Infinity)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, work] of works.entries()) {
      const start = performance.now()
      await work()
      best[index] = Math.min(best[index], performance.now() - start)
    }
  }
  return best
}

if (import.meta.main) console.log(JSON.stringify(await measure()))
