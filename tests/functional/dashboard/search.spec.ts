import { test } from '@japa/runner'
import { searchPort } from '#shared/ports/search'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'

const WORD = '唯一的词'

searchPort.register(async (actor, text) => {
  if (text !== WORD || !actor.may('people.view')) return []
  return [
    { kind: 'person', title: '<b>张三</b>', detail: '融媒体中心', url: '/people/persons/1' },
    { kind: 'unit', title: '外宣中心', detail: '', url: '/organization/units/1' },
    { kind: 'person', title: '李四', detail: '', url: '/people/persons/2' },
  ]
})

test.group('Search', (group) => {
  group.each.setup(() => emptyDatabase())

  test('answers as a page by kinds, and what was found is text', async ({ client, assert }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const pageResponse = await client.get('/search').qs({ q: WORD }).loginAs(user)
    const page = pageResponse.text()
    assert.include(page, '&lt;b&gt;张三&lt;/b&gt;')
    assert.isBelow(page.indexOf('李四'), page.indexOf('外宣中心'))
  })

  test('answers as JSON for the suggestions', async ({ client, assert }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const answer = await client
      .get('/search')
      .qs({ q: WORD })
      .header('accept', 'application/json')
      .loginAs(user)
    const { groups } = answer.body()
    assert.deepEqual(
      groups.map(({ label, hits }: any) => [label, hits.length]),
      [
        ['人员', 2],
        ['单位', 1],
      ]
    )
  })

  test('without a grant or a text there is nothing', async ({ client, assert }) => {
    const user = await givenUser({ role: 'audit_admin' })
    const pageResponse = await client.get('/search').qs({ q: WORD }).loginAs(user)
    const page = pageResponse.text()
    assert.include(page, `没有找到“${WORD}”`)
    const blank = await client.get('/search').header('accept', 'application/json').loginAs(user)
    assert.deepEqual(blank.body(), { groups: [] })
  })
})
