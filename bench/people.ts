import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const PEOPLE = 200_000
const UNITS = 20
const DEPARTMENTS = 2_000
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
  await fill()
  const figures = [...(await pages()), await moves()]
  await app.terminate()
  for (const end of ['', '-wal', '-shm']) rmSync(`${DATABASE}${end}`, { force: true })
  return figures
}

async function fill() {
  const { bulkInsert, inTransaction } = await import('../app/shared/database.js')
  const { namePinyin } = await import('../app/people/domain/name_pinyin.js')
  const random = generator(20260601)
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]
  const syllables = [...'伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂']
  const pinyin = new Map(syllables.map((char) => [char, namePinyin(char)]))
  const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'].map((char) => ({
    char,
    ...namePinyin(char),
  }))
  const stamps = { version: 1, created_at: '2026-01-01 00:00:00.000' }

  await inTransaction(async (trx) => {
    const range = (length: number) => Array.from({ length }, (_, index) => index + 1)
    await bulkInsert(
      trx,
      'units',
      range(UNITS).map((id) => ({
        ...{ id, code: `U${id}`, name: `单位${id}`, name_pinyin: 'danwei', name_initials: 'dw' },
        ...{ kind: 'reform', ...stamps },
      }))
    )
    await bulkInsert(
      trx,
      'departments',
      range(DEPARTMENTS).map((id) => ({
        ...{ id, unit_id: ((id - 1) % UNITS) + 1, name: `部门${id}` },
        ...{ valid_from: '2000-01-01', ...stamps },
      }))
    )
    for (let start = 0; start < PEOPLE; start += 20_000) {
      const ids = range(20_000).map((index) => start + index)
      await bulkInsert(
        trx,
        'persons',
        ids.map((id) => person(id))
      )
      await bulkInsert(
        trx,
        'assignments',
        ids.flatMap((id) => lives(id))
      )
    }
  })

  function person(id: number) {
    const [surname, one, two] = [pick(surnames), pick(syllables), pick(syllables)]
    return {
      id,
      name: surname.char + one + two,
      name_pinyin: surname.full + pinyin.get(one)!.full + pinyin.get(two)!.full,
      name_initials: surname.initials + pinyin.get(one)!.initials + pinyin.get(two)!.initials,
      sex: random(2) ? 'male' : 'female',
      birth_on: `19${60 + random(39)}-0${1 + random(9)}-01`,
      work_started_on: random(50) ? `20${10 + random(15)}-0${1 + random(9)}-01` : null,
      ...stamps,
    }
  }

  /** A closed assignment and the open one after it. */
  function lives(id: number) {
    const department = 1 + random(DEPARTMENTS)
    const employment = pick(['establishment', 'contract', 'enterprise'])
    const inPost = employment === 'establishment'
    const row = {
      person_id: id,
      kind: 'main',
      unit_id: ((department - 1) % UNITS) + 1,
      department_id: department,
      employment_type: employment,
      funding_type: inPost ? pick(['full', 'partial', 'self']) : null,
      quota_category: inPost ? 'professional' : null,
      grade: inPost ? `professional_${1 + random(13)}` : null,
      source: 'roster',
      recorded_at: '2026-01-01 00:00:00.000',
    }
    return [
      { ...row, valid_from: '2020-01-01', valid_to: '2024-01-01' },
      { ...row, valid_from: '2024-01-01', valid_to: null },
    ]
  }
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

/** Numbers that look random and are the same in every run (mulberry32). */
function generator(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

if (import.meta.main) console.log(JSON.stringify(await measure()))
