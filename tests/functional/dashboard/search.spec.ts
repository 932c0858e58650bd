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

const MANY = '很多的词'

searchPort.register(async (_actor, text, limit) =>
  text === MANY
    ? Array.from({ length: Math.min(limit, 40) }, (_, index) => ({
        kind: 'unit',
        title: `第${index}个`,
        detail: '',
        url: `/organization/units/${index}`,
      }))
    : []
)

test.group('Search', (group) => {
  group.each.setup(() => emptyDatabase())

  test('answers as a page by kinds, and what was found is text', async ({ client, assert }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const pageResponse = await client.get('/search').qs({ q: WORD }).loginAs(user)
    const page = pageResponse.text()
    assert.include(page, '&lt;b&gt;张三&lt;/b&gt;')
    assert.isBelow(page.indexOf('李四'), page.indexOf('外宣中心'))
  })

  test('a group that ends before its last hit says so', async ({ client, assert }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const page = (await client.get('/search').qs({ q: MANY }).loginAs(user)).text()
    assert.include(page, '第29个')
    assert.notInclude(page, '第30个')
    assert.include(page, '只列前 30 条')
    const few = (await client.get('/search').qs({ q: WORD }).loginAs(user)).text()
    assert.notInclude(few, '只列前')
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
