import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { rush } from './rush.js'

test.group('The rush at the deadline', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  test('everybody saves in the last second: none is lost, none is late', async ({ assert }) => {
    const { seconds, refused, lost } = await rush(120)
    assert.deepEqual({ refused, lost }, { refused: 0, lost: 0 })
    assert.isBelow(seconds, 60)
  }).timeout(120_000)
})
