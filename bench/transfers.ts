import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const PEOPLE = 5_000
const ROUNDS = 7
const DATABASE = 'tmp/bench-transfers.sqlite3'
const EFFECTIVE = '2026-06-01'
const NOW = '2026-06-01 04:00:00.000'

export interface Figure {
  name: string
  ratio: number
  bar: number
}

/**
 * Executing a batch of 5,000 people with their quota, certificate and all, against the same rows
 * written by nothing but set-based SQL in one transaction. Runs in a process of its own, on a
 * database that is made for it and thrown away: SQLite, or with DB_CONNECTION=mysql the one that
 * BENCH_DB_DATABASE names, whose tables are all dropped.
 */
export async function run(): Promise<Figure[]> {
  const database =
    process.env.DB_CONNECTION === 'mysql'
      ? { DB_DATABASE: process.env.BENCH_DB_DATABASE ?? '' }
      : { DB_CONNECTION: 'sqlite', DB_FILE: DATABASE }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', '@poppinss/ts-exec', fileURLToPath(import.meta.url)],
    { env: { ...process.env, NODE_ENV: 'test', ...database }, maxBuffer: 1024 * 1024 }
  )
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Figure[]
}

async function measure(): Promise<Figure[]> {
  const { createIgnitor } = await import('../bin/ignitor.js')
  const app = createIgnitor().createApp('console')
  await app.init()
  await app.boot()
  await app.start(async () => {})
  const { freshDatabase } = await import('../tests/support/database.js')
  const { clock } = await import('../app/shared/clock.js')
  await freshDatabase()
  clock.freeze(EFFECTIVE)
  const { batchId, centre } = await scheduledBatch()
  const { Actor } = await import('../app/shared/actor.js')
  const { executeBatch } = await import('../app/transfers/actions/execute_batch.js')
  const [ours, plain] = await fastest([
    () => rolledBack((trx) => executeBatch({ batchId }, Actor.system('bench'), trx)),
    () => rolledBack((trx) => plainly(trx, batchId, centre)),
  ])
  await app.terminate()
  for (const end of ['', '-wal', '-shm']) rmSync(`${DATABASE}${end}`, { force: true })
  const name = `batch of ${PEOPLE} people with quota executed against plain SQL`
  return [{ name, ratio: ours / plain, bar: 3 }]
}

/** People, seats and a batch that has been submitted and signed, by the actions of the house. */
async function scheduledBatch() {
  const { bulkInsert, inTransaction } = await import('../app/shared/database.js')
  const { sealEvents } = await import('../app/audit/actions/seal.js')
  const givens = await import('../tests/functional/transfers/givens.js')
  const city = await givens.givenCity()
  const office = await givens.givenPeopleOfOffice()
  await inTransaction(async (trx) => {
    const stamps = { version: 1, created_at: NOW }
    const ids = Array.from({ length: PEOPLE }, (_, index) => index + 1)
    await trx.from('posts').where('id', city.centrePost).update({ headcount: PEOPLE })
    await bulkInsert(
      trx,
      'persons',
      ids.map((id) => ({
        ...{ id, name: `职工${id}`, name_pinyin: 'zhigong', name_initials: 'zg' },
        ...stamps,
      }))
    )
    await bulkInsert(
      trx,
      'assignments',
      ids.map((id) => ({
        ...{ person_id: id, kind: 'main', unit_id: city.tv, post_id: city.editor },
        ...{ employment_type: 'establishment', funding_type: id % 3 ? 'full' : 'partial' },
        ...{ quota_category: 'professional', grade: 'professional_10', source: 'roster' },
        ...{ valid_from: '2020-01-01', recorded_at: NOW },
      }))
    )
  })
  const partial = Math.floor(PEOPLE / 3)
  await givens.givenSeats(city.tv, PEOPLE - partial, { account: 'filled' })
  await givens.givenSeats(city.tv, partial, { account: 'filled', funding: 'partial' })
  const { createBatch } = await import('../app/transfers/actions/create_batch.js')
  const batchId = await createBatch(
    { title: '划转', documentNo: '测发〔2026〕1号', effectiveOn: EFFECTIVE, reason: null },
    office.officer
  )
  await givens.givenLines(batchId, city, office.officer)
  await givens.checkAndSubmit(batchId, office.officer)
  await givens.signAll(batchId, office)
  await sealEvents()
  return { batchId, centre: city.centre }
}

/**
 * The same rows: assignments superseded, closed, opened and pointed forward; one movement with its
 * entries and balances; claims, batch, certificate and audit events.
 */
async function plainly(trx: any, batchId: number, centre: number) {
  const columns =
    'person_id, kind, department_id, employment_type, funding_type, quota_category, over_quota, grade, leader_post, source, source_type, source_id, recorded_at'
  const taken = columns
    .split(', ')
    .map((name) => `a.${name}`)
    .join(', ')
  const line = `FROM transfer_lines l JOIN assignments a ON a.id = l.assignment_id WHERE l.batch_id = ${batchId}`
  await trx.rawQuery(
    `UPDATE assignments SET superseded_by = id, superseded_at = '${NOW}' WHERE id IN (SELECT assignment_id FROM transfer_lines WHERE batch_id = ${batchId})`
  )
  await trx.rawQuery(
    `INSERT INTO assignments (${columns}, unit_id, post_id, valid_from, valid_to, paid_through, supersedes) SELECT ${taken}, a.unit_id, a.post_id, a.valid_from, '${EFFECTIVE}', l.paid_through, a.id ${line}`
  )
  await trx.rawQuery(
    `INSERT INTO assignments (${columns}, unit_id, post_id, valid_from, paid_from) SELECT ${taken}, l.to_unit_id, l.to_post_id, '${EFFECTIVE}', l.paid_from ${line}`
  )
  await trx.rawQuery(
    `UPDATE assignments SET superseded_by = (SELECT n.id FROM (SELECT id, supersedes FROM assignments WHERE supersedes IS NOT NULL) n WHERE n.supersedes = assignments.id) WHERE superseded_by = id`
  )
  await trx.rawQuery(
    `INSERT INTO quota_accounts (kind, unit_id, funding_type, category, balance) SELECT 'filled', ${centre}, funding_type, category, COUNT(*) FROM transfer_lines WHERE batch_id = ${batchId} GROUP BY funding_type, category`
  )
  await trx.rawQuery(
    `INSERT INTO quota_movements (movement_key, kind, effective_on, recorded_at) VALUES ('plain', 'transfer', '${EFFECTIVE}', '${NOW}')`
  )
  await trx.rawQuery(
    `INSERT INTO quota_entries (movement_id, account_id, amount) SELECT m.id, c.id, CASE WHEN c.unit_id = ${centre} THEN c.balance ELSE -c.balance END FROM quota_accounts c, quota_movements m WHERE c.kind = 'filled' AND m.movement_key = 'plain'`
  )
  await trx.rawQuery(
    `UPDATE quota_accounts SET balance = 0 WHERE kind = 'filled' AND unit_id <> ${centre}`
  )
  await trx.rawQuery(`DELETE FROM transfer_claims WHERE batch_id = ${batchId}`)
  await trx.rawQuery(
    `UPDATE transfer_batches SET state = 'executed', version = version + 1 WHERE id = ${batchId}`
  )
  await trx.rawQuery(
    `INSERT INTO certificates (kind, subject_type, subject_id, body, hash, audit_sequence, audit_hash, created_at) VALUES ('conservation', 'transfer_batch', ${batchId}, '{}', 'x', 1, 'x', '${NOW}')`
  )
  for (const uid of ['p1', 'p2', 'p3', 'p4']) {
    await trx.rawQuery(
      `INSERT INTO audit_events (uid, occurred_at, actor_name, action, subject_type, changes, content_hash) VALUES ('${uid}', '${NOW}', 'bench', 'plain', 'transfer_batch', '{}', 'x')`
    )
  }
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
