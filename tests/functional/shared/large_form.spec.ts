import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import type User from '#accounts/models/user'
import { LAST_ROW, MOST_FIELDS } from '#shared/middleware/whole_form_middleware'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'

test.group('A form with more than the parser reads', (group) => {
  group.each.setup(() => emptyDatabase())

  const own = { name: '新闻部', valid_from: '2022-01-01' }
  const extra = (count: number, key: (index: number) => string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [key(index), '1']))
  const fields = (count: number) => extra(count - Object.keys(own).length, (index) => `x${index}`)
  const rows = (count: number) => extra(count, (index) => `rows[${index}][id]`)

  function send(client: ApiClient, user: User, unitId: number, more: Record<string, string>) {
    return client
      .post(`/organization/units/${unitId}/departments`)
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ ...own, ...more })
  }

  test('is refused in the language of the account, and nothing is saved', async ({
    assert,
    client,
  }) => {
    const unitId = await givenUnit()
    for (const [locale, text] of [
      ['zh-CN', '表单内容过多，没有保存任何内容'],
      ['en', 'The form has too much in it and nothing was saved'],
    ]) {
      const user = await givenUser({ role: 'hr_officer', row: { locale } })
      for (const more of [fields(MOST_FIELDS + 1), rows(LAST_ROW + 2)]) {
        const refused = await send(client, user, unitId, more)
        refused.assertStatus(413)
        refused.assertTextIncludes(text)
      }
    }
    assert.isEmpty(await rowsOf('departments'))
  }).timeout(60_000)

  test('up to the bound it is taken as a whole', async ({ assert, client }) => {
    const unitId = await givenUnit()
    const user = await givenUser({ role: 'hr_officer' })
    for (const [index, more] of [fields(MOST_FIELDS), rows(LAST_ROW + 1)].entries()) {
      const name = `部门${index}`
      ;(await send(client, user, unitId, { ...more, name })).assertStatus(302)
      assert.lengthOf(await rowsOf('departments', { name }), 1)
    }
  }).timeout(60_000)

  test('beyond the bytes the page says the same', async ({ client }) => {
    const unitId = await givenUnit()
    const user = await givenUser({ role: 'hr_officer' })
    const large = await send(client, user, unitId, { x: 'x'.repeat(4 * 1024 * 1024) })
    large.assertStatus(413)
    large.assertTextIncludes('表单内容过多')
  })
})
