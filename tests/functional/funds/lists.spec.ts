import { test } from '@japa/runner'
import { createProject } from '#funds/actions/projects'
import { fundTotals } from '#funds/queries/funds'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { givenCopies, pagesOf } from '#tests/support/lists'
import { givenFund } from './givens.js'

test.group('Lists of special funds end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze('2022-03-01'))
  group.each.teardown(() => clock.release())

  test('funds go by pages, and the totals are of all of them', async ({ assert, client }) => {
    const { fundId, unitId } = await givenFund(500_00)
    await givenCopies('funds', 510, (index) => ({ code: `X-${index}`, year: 2023 }))
    const funds = await rowsOf('funds')
    await givenCopies('fund_lines', 510, (index) => ({
      fund_id: funds[index + 1].id,
      budget_fen: 1_00,
      released_fen: 1_00,
      committed_fen: 0,
      paid_fen: 0,
    }))
    assert.equal((await fundTotals({ units: [unitId] })).released, 1_010_00)
    assert.equal((await fundTotals({ units: [unitId], year: 2022 })).released, 500_00)
    const user = await givenUser({ role: 'finance_head' })
    const pages = await pagesOf(client, '/funds', user)
    assert.lengthOf(pages, 11)
    for (const page of pages) assert.include(page, '¥1,010.00')
    assert.include(pages[10], `/funds/${fundId}"`)
    assert.include((await client.get('/funds/movements').loginAs(user)).text(), `value="${fundId}"`)
  })

  test('projects go by pages, and a movement may name every one of them', async ({
    assert,
    client,
  }) => {
    const { fundId, unitId, officer } = await givenFund(500_00)
    const projectId = await createProject(
      {
        name: '中央厨房',
        unitId,
        content: '平台',
        estimateFen: 400_00,
        authorityId: unitId,
        workItemId: null,
      },
      officer
    )
    await givenCopies('fund_movements', 210, (index) => ({
      number: `M-${index}`,
      project_id: projectId,
    }))
    await givenCopies('construction_projects', 210, (index) => ({ number: `XM-${index}` }))
    const user = await givenUser({ role: 'finance_officer' })
    const pages = await pagesOf(client, '/funds/projects', user)
    assert.lengthOf(pages, 5)
    assert.include(pages[4], `/funds/projects/${projectId}"`)
    const form = await client.get(`/funds/${fundId}/movements/create`).loginAs(user)
    assert.include(form.text(), '中央厨房')
    const options = form.text().match(/XM2022-|XM-\d+ /g)!
    assert.lengthOf(options, 211)
    const movements = await pagesOf(client, `/funds/projects/${projectId}`, user)
    assert.lengthOf(movements, 5)
    assert.include(movements[0], 'M-209')
  })
})
