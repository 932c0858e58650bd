import { createRequire } from 'node:module'
import { test } from '@japa/runner'
import { keepStatements } from '#shared/operations/kept_statements'

const Database = createRequire(import.meta.url)('better-sqlite3')

function connection() {
  const database = new Database(':memory:')
  keepStatements(database)
  database.exec('CREATE TABLE units (id INTEGER PRIMARY KEY, name TEXT)')
  database.prepare('INSERT INTO units (name) VALUES (?)').run(['报社'])
  return database
}

test.group('kept statements', () => {
  test('the same text is prepared once; what is not of rows is not kept', ({ assert }) => {
    const database = connection()
    const sql = 'SELECT * FROM units WHERE name = ?'
    assert.strictEqual(database.prepare(sql), database.prepare(sql))
    assert.deepEqual(database.prepare(sql).all(['报社']), [{ id: 1, name: '报社' }])
    assert.deepEqual(database.prepare(sql).all(['电视台']), [])
    assert.notStrictEqual(database.prepare('BEGIN'), database.prepare('BEGIN'))
  })

  test('columns that come, go and change places are read right after', ({ assert }) => {
    const database = connection()
    const read = () => database.prepare('SELECT * FROM units').all([])
    assert.deepEqual(read(), [{ id: 1, name: '报社' }])
    database.prepare("ALTER TABLE units ADD COLUMN code TEXT DEFAULT 'B'").run([])
    assert.deepEqual(read(), [{ id: 1, name: '报社', code: 'B' }])
    database.exec('ALTER TABLE units DROP COLUMN name')
    assert.deepEqual(read(), [{ id: 1, code: 'B' }])
    database.exec('DROP TABLE units; CREATE TABLE units (code TEXT, id INTEGER)')
    database.prepare('INSERT INTO units VALUES (?, ?)').run(['C', 7])
    assert.deepEqual(read(), [{ code: 'C', id: 7 }])
  })

  test('a failed statement works again', ({ assert }) => {
    const database = connection()
    const insert = () =>
      database.prepare('INSERT INTO units (id, name) VALUES (?, ?)').run([1, 'x'])
    assert.throws(insert, /UNIQUE/)
    database.prepare('DELETE FROM units').run([])
    insert()
    assert.lengthOf(database.prepare('SELECT * FROM units').all([]), 1)
  })
})
