import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { withinUnits } from '#shared/lists/reach'

test.group('Rows of the units that a capability reaches', () => {
  const where = (units: 'all' | number[]) =>
    withinUnits(db.from('pay_runs as r'), 'r.unit_id', units).toSQL()

  test('all units narrow nothing', ({ assert }) => {
    assert.notInclude(where('all').sql, 'where')
  })

  test('some units are the ones that are asked for', ({ assert }) => {
    const { sql, bindings } = where([3, 7])
    assert.match(sql, /where .unit_id. in|where .r.\..unit_id. in/)
    assert.deepEqual(bindings, [3, 7])
  })

  test('no unit gives no row', ({ assert }) => {
    const { sql, bindings } = where([])
    assert.match(sql, /where 1 = \?$/)
    assert.deepEqual(bindings, [0])
  })
})
