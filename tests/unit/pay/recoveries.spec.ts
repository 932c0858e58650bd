import { test } from '@japa/runner'
import { refuseOwnRows } from '#imports/domain/own_rows'
import { isOpenRecovery, whyOpen } from '#pay/domain/differences'
import { Actor } from '#shared/actor'

const OF = { unitId: 1, employmentType: 'establishment' }

test.group('An open recovery', () => {
  test('is approved, taken back and not settled to the end', ({ assert }) => {
    const recovery = { state: 'approved', amountFen: -300, settledFen: -299 }
    assert.isTrue(isOpenRecovery(recovery))
    const others = [{ settledFen: -300 }, { amountFen: 300, settledFen: 0 }, { state: 'submitted' }]
    for (const other of others) assert.isFalse(isOpenRecovery({ ...recovery, ...other }))
  })

  test('says why, by where the person stands now', ({ assert }) => {
    assert.equal(whyOpen(OF, null), 'left')
    assert.equal(whyOpen(OF, OF), 'waits')
    assert.equal(whyOpen(OF, { ...OF, unitId: 2 }), 'moved')
    assert.equal(whyOpen(OF, { ...OF, employmentType: 'contract' }), 'other_class')
    assert.equal(whyOpen(OF, { unitId: 2, employmentType: 'enterprise' }), 'outside')
  })
})

test('rows of others are taken over, the own one is refused by name', ({ assert }) => {
  const actor = new Actor(1, 7, '王芳', 'zh-CN', [])
  const row = (personId: number, personName: string) => ({ personId, personName })
  refuseOwnRows([row(8, '李强')], actor)
  assert.throws(
    () => refuseOwnRows([row(8, '李强'), row(7, '王芳')], actor),
    'imports.errors.own_row'
  )
})
