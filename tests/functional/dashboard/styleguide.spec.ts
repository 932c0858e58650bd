import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'

test.group('Style guide', (group) => {
  group.each.setup(() => emptyDatabase())

  test('every component renders in {$self}')
    .with(['zh-CN', 'en'])
    .run(async ({ client, assert }, locale) => {
      const user = await givenUser({ role: 'hr_officer', row: { locale } })
      const response = await client.get('/styleguide').loginAs(user)
      response.assertStatus(200)
      assert.include(response.text(), `<html lang="${locale}"`)
      assert.notInclude(response.text(), 'translation missing')
      assert.notInclude(response.text(), 'undefined')
      assert.notInclude(response.text(), '[object')
    })
})
