import { test } from '@japa/runner'
import { buildActor } from '#accounts/queries/build_actor'
import { payInbox } from '#pay/queries/pay_inbox'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenCopies, pagesOf } from '#tests/support/lists'
import { givenPayroll, givenReleased, givenRun, TODAY } from './givens.js'

test.group('Lists of pay end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('totals go by pages, and what a total used counts every allotment', async ({
    assert,
    client,
  }) => {
    const { unitId, allotment } = await givenPayroll(1)
    const { totalId } = await allotment()
    await givenCopies('pay_allotments', 210, () => ({ used_fen: 1_00 }))
    const elsewhere = await givenUnit({ name: '旧台' })
    await givenCopies('pay_totals', 60, (index) => ({ unit_id: elsewhere, year: 2021 - index }))
    const officer = await givenUser({ role: 'finance_head' })
    const pages = await pagesOf(client, '/pay/totals', officer)
    assert.lengthOf(pages, 2)
    assert.include(pages[0], `/pay/totals/${totalId}"`)
    assert.include(pages[0], '¥210.00')
    assert.include(pages[1], '1962')
    const own = await givenUser({ role: 'pay_officer', unitId })
    assert.lengthOf(await pagesOf(client, '/pay/totals', own), 1)
  })

  test('own slips go by pages, and an old one is compared with the one before it', async ({
    assert,
    client,
  }) => {
    const { office, unitId, personIds } = await givenPayroll(1)
    await givenReleased(office, unitId)
    const month = (index: number) =>
      `${2021 - Math.floor(index / 12)}-${String(12 - (index % 12)).padStart(2, '0')}`
    await givenCopies('pay_runs', 60, (index) => ({
      number: `旧-${index}`,
      title: `工资 ${month(index)}`,
      pay_month: month(index),
      month_from: month(index),
      month_to: month(index),
    }))
    const runs = await rowsOf('pay_runs')
    await givenCopies('pay_slips', 60, (index) => ({ run_id: runs[index + 1].id }))
    const owner = await givenUser({ personId: personIds[0] })
    const pages = await pagesOf(client, '/pay/slips', owner)
    assert.lengthOf(pages, 2)
    assert.include(pages[1], `工资 ${month(59)}`)
    const slips = await rowsOf('pay_slips')
    const old = await client.get(`/pay/slips/${slips[41].id}`).loginAs(owner)
    assert.include(old.text(), month(41))
  })

  test('a draft that is older than a hundred runs still waits for its officer', async ({
    assert,
  }) => {
    const { office, unitId } = await givenPayroll(1)
    const runId = await givenRun(office, unitId)
    await givenCopies('pay_runs', 110, (index) => ({
      number: `后-${index}`,
      state: 'paid',
      sequence: index + 2,
    }))
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const items = await payInbox(await buildActor(officer.id), (key) => key)
    assert.include(
      items.map(({ url }) => url),
      `/pay/runs/${runId}`
    )
  })
})
