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

  test('an equal value stands behind a sign, whatever it is; other comparisons do not', ({
    assert,
  }) => {
    const database = connection()
    const sent = (sql: string) => database.prepare(sql).source
    assert.equal(
      sent('SELECT 1 FROM units WHERE id = ? AND name=? AND id >= ? AND id <> ? AND id != ?'),
      'SELECT 1 FROM units WHERE id = +? AND name= +? AND id >= ? AND id <> ? AND id != ?'
    )
    const equal = database.prepare('SELECT value = ? AS is_equal FROM (SELECT ? AS value)')
    for (const value of ['报社', '007', '', 7, 2.5, 9_007_199_254_740_993n, Buffer.from([0, 1])]) {
      assert.equal(equal.all([value, value])[0].is_equal, 1)
    }
    database.prepare('UPDATE units SET name = ? WHERE id = ?').run(['007', '1'])
    assert.deepEqual(database.prepare('SELECT * FROM units WHERE name = ?').all(['007']), [
      { id: 1, name: '007' },
    ])
    database.prepare('UPDATE units SET name = ?').run([null])
    assert.deepEqual(database.prepare('SELECT name FROM units').all([]), [{ name: null }])
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
