import { fillPeople, UNITS } from './people.support.js'
import { aside, fastest, rolledBack, sqlite, withApp } from './process.support.js'
import type { Measured } from './run.js'

const PEOPLE = 200_000
const MOVES = 5_000
const DATABASE = 'tmp/bench-people.sqlite3'
const TODAY = '2026-06-01'

/**
 * The people list at 200,000 people, last page against first, for each order and for the filters
 * that offices use; and 5,000 assignments moved against the same rows written by plain set-based
 * SQL. Runs in a process of its own, on a database that is made for it and thrown away.
 */
export function run(): Promise<Measured[]> {
  return aside(import.meta.filename, sqlite(DATABASE))
}

function measure(): Promise<Measured[]> {
  return withApp(async () => {
    await fillPeople(PEOPLE)
    return [...(await pages()), await moves()]
  })
}

async function pages(): Promise<Measured[]> {
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
  const figures: Measured[] = []
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

async function moves(): Promise<Measured> {
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

if (import.meta.main) console.log(JSON.stringify(await measure()))
