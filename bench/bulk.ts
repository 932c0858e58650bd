import { aside, eitherDatabase, fastest, rolledBack, withApp } from './process.support.js'
import type { Measured } from './run.js'

const ROWS = 50_000
const DATABASE = 'tmp/bench-bulk.sqlite3'
const COLUMNS = 'id, name, name_pinyin, name_initials, sex, birth_on, version, created_at'

/**
 * `bulkInsert`, by which imports, batches and pay runs write, against INSERT…SELECT of the same rows
 * within the database. Runs in a process of its own, on a database that is made for it.
 */
export function run(): Promise<Measured[]> {
  return aside(import.meta.filename, eitherDatabase(DATABASE))
}

async function measure(): Promise<Measured[]> {
  const [ours, plain] = await withApp(async () => {
    const { bulkInsert, inTransaction } = await import('../app/shared/database.js')
    const rows = people()
    await inTransaction((trx) => bulkInsert(trx, 'persons', rows))
    const others = rows.map((row) => ({ ...row, id: row.id + ROWS }))
    const select = COLUMNS.replace('id', `id + ${ROWS}`)
    return fastest([
      () => rolledBack((trx) => bulkInsert(trx, 'persons', others)),
      () =>
        rolledBack((trx) =>
          trx.rawQuery(`INSERT INTO persons (${COLUMNS}) SELECT ${select} FROM persons`)
        ),
    ])
  })
  const bar = process.env.DB_CONNECTION === 'mysql' ? 3 : 6
  return [{ name: `${ROWS} rows inserted against INSERT…SELECT`, ratio: ours / plain, bar }]
}

function people() {
  return Array.from({ length: ROWS }, (_, index) => ({
    id: index + 1,
    name: `职工${index}`,
    name_pinyin: `zhigong${index}`,
    name_initials: 'zg',
    sex: index % 2 ? 'male' : 'female',
    birth_on: '1985-05-05',
    version: 1,
    created_at: '2026-01-01 00:00:00.000',
  }))
}

if (import.meta.main) console.log(JSON.stringify(await measure()))
