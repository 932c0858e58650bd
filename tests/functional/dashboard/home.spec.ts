import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenPerson, givenUnit, givenUser } from '#tests/support/givens'

async function givenPeople(unitId: number, types: string[]) {
  for (const type of types) {
    await givenAssignment(await givenPerson(), unitId, { employment_type: type })
  }
}

test.group('Home', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a stranger is sent to sign in', async ({ client, assert }) => {
    const response = await client.get('/').redirects(0)
    response.assertStatus(302)
    assert.equal(response.header('location'), '/accounts/sign-in')
  })

  test('shows the figures of the units that the grant reaches', async ({ client, assert }) => {
    const mine = await givenUnit()
    const other = await givenUnit()
    await givenPeople(mine, ['establishment', 'contract', 'contract'])
    await givenPeople(other, ['enterprise'])
    const officer = await givenUser({ role: 'hr_officer', unitId: mine })
    const pageResponse = await client.get('/').loginAs(officer)
    const page = pageResponse.text()
    assert.include(page, '在编 1 · 编外 2 · 企业聘用 0')
    assert.include(page, 'href="/people/persons?employment=contract"')

    const head = await givenUser({ role: 'hr_head' })
    const whole = await client.get('/').loginAs(head)
    assert.include(whole.text(), '在编 1 · 编外 2 · 企业聘用 1')
  })

  test('shows the quota with its picture and its table', async ({ client, assert }) => {
    const unit = await givenUnit({ name: '融媒体中心' })
    const account = { unit_id: unit, funding_type: 'full', category: 'professional' }
    await db.table('quota_accounts').multiInsert([
      { ...account, kind: 'filled', balance: 96 },
      { ...account, kind: 'reserved', balance: 4 },
      { ...account, kind: 'vacant', balance: 12 },
    ])
    const pageResponse = await client.get('/').loginAs(await givenUser({ role: 'hr_head' }))
    const page = pageResponse.text()
    assert.include(page, '实有 96 · 预占 4 · 空编 12')
    assert.match(page, /<svg[^>]+role="img"/)
    assert.include(page, '<td class="num" data-label="核定">112</td>')
  })

  test('the menu and the figures show nothing without a grant', async ({ client, assert }) => {
    const personId = await givenPerson()
    await givenPeople(await givenUnit(), ['contract'])
    const pageResponse = await client.get('/').loginAs(await givenUser({ personId }))
    const page = pageResponse.text()
    assert.notInclude(page, 'href="/people/persons"')
    assert.notInclude(page, 'href="/audit/events"')
    assert.notInclude(page, '在册人员')
    assert.include(page, `/people/persons/${personId}`)
  })

  test('what waits for me stands first, and in the count of the menu', async ({
    client,
    assert,
  }) => {
    const head = await givenUser({ role: 'hr_head' })
    const pageResponse = await client.get('/').loginAs(head)
    const page = pageResponse.text()
    assert.isBelow(page.indexOf('需要您处理'), page.indexOf('class="figures"'))
    const inboxResponse = await client.get('/inbox').loginAs(head)
    const inbox = inboxResponse.text()
    assert.include(inbox, '/decisions/')
    const countResponse = await client.get('/inbox/count').loginAs(head)
    const count = countResponse.text()
    assert.include(count, '<turbo-frame id="inbox-count">')
    assert.include(count, '4 项待办')
  })
})
