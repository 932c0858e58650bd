import { aside, eitherDatabase, fastest, rolledBack, withApp } from './process.support.js'
import type { Measured } from './run.js'

const PEOPLE = 5_000
const DATABASE = 'tmp/bench-transfers.sqlite3'
const EFFECTIVE = '2026-06-01'
const NOW = '2026-06-01 04:00:00.000'

/**
 * Executing a batch of 5,000 people with their quota, certificate and all, against the same rows
 * written by nothing but set-based SQL in one transaction. Runs in a process of its own, on a
 * database that is made for it and thrown away.
 */
export function run(): Promise<Measured[]> {
  return aside(import.meta.filename, eitherDatabase(DATABASE))
}

async function measure(): Promise<Measured[]> {
  const [ours, plain] = await withApp(async () => {
    const { clock } = await import('../app/shared/clock.js')
    clock.freeze(EFFECTIVE)
    const { batchId, centre } = await scheduledBatch()
    const { Actor } = await import('../app/shared/actor.js')
    const { executeBatch } = await import('../app/transfers/actions/execute_batch.js')
    return fastest([
      () => rolledBack((trx) => executeBatch({ batchId }, Actor.system('bench'), trx)),
      () => rolledBack((trx) => plainly(trx, batchId, centre)),
    ])
  })
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
        id,
        name: `职工${id}`,
        name_pinyin: 'zhigong',
        name_initials: 'zg',
        ...stamps,
      }))
    )
    await bulkInsert(
      trx,
      'assignments',
      ids.map((id) => ({
        person_id: id,
        kind: 'main',
        unit_id: city.tv,
        post_id: city.editor,
        employment_type: 'establishment',
        funding_type: id % 3 ? 'full' : 'partial',
        quota_category: 'professional',
        grade: 'professional_10',
        source: 'roster',
        valid_from: '2020-01-01',
        recorded_at: NOW,
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

if (import.meta.main) console.log(JSON.stringify(await measure()))
