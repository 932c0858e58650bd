import { test } from '@japa/runner'
import { setAside } from '#pay/actions/slips'
import { compareWithPrevious } from '#pay/queries/compare_runs'
import { runById } from '#pay/queries/runs'
import { slipList } from '#pay/queries/slips'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import db from '@adonisjs/lucid/services/db'
import { compute, givenBase, givenPayroll, givenRun, release, TODAY } from './givens.js'

test.group('A run beside the one before', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('the facts that changed are told; who was paid by a second run of the month is no newcomer', async ({
    assert,
    client,
  }) => {
    const { office, unitId, personIds } = await givenPayroll(3)
    const [raised, late] = personIds
    // May: one is set aside for want of a base and paid by a second run
    const bases = db.from('wage_bases').where('person_id', late)
    await bases.clone().update({ pension_base_fen: null })
    const may = await givenRun(office, unitId, { monthTo: '2022-05', payMonth: '2022-05' })
    await compute(office, may)
    const [missing] = await slipList({ runId: may, state: 'missing' })
    await setAside({ slipId: missing.id, version: 1, reason: '基数未核定' }, office.officer)
    await release(office, may)
    await bases.update({ pension_base_fen: 850_000 })
    const second = await givenRun(office, unitId, { monthTo: '2022-05', payMonth: '2022-05' })
    await compute(office, second)
    await release(office, second)
    // June: one is a step higher
    await givenBase(raised, { step: 9, allowance_fen: 360_000 })
    const june = await givenRun(office, unitId, { monthTo: '2022-06', payMonth: '2022-06' })
    await compute(office, june)

    const { previous, people, hidden } = await compareWithPrevious(await runById(june), 5)
    assert.equal(previous!.id, may)
    assert.equal(hidden, 0)
    assert.deepEqual(
      people.map(({ personId }) => personId),
      [raised]
    )
    const facts = people[0].reasons.map(({ itemName, fact }) => `${itemName}: ${fact}`)
    assert.isTrue(facts.some((one) => one.startsWith('薪级工资: ') && one.includes('→')))
    const officer = await givenUser({ role: 'pay_officer', unitId })
    const page = await client.get(`/pay/runs/${june}?tab=compare`).loginAs(officer)
    assert.include(page.text(), people[0].reasons[0].fact!)

    // the second run of May lacks nobody whom the first one paid
    const beside = await compareWithPrevious(await runById(second), 5)
    assert.deepEqual([beside.previous, beside.people], [null, []])
  })
})
