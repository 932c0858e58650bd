import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenUser } from '#tests/support/givens'
import { cardsOf, givenCycle, givenState, givenTeam } from './givens.js'

test.group('Regular reviews inform the one of the year', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-12-20')
    return () => clock.release()
  })

  test('those that stand are on the card, of the former unit too; the others are not', async ({
    client,
    assert,
  }) => {
    const team = await givenTeam(1)
    const [personId] = team.personIds
    const quarter = async (date: string, state: string, score: string) => {
      const cycleId = await givenCycle(team.unitId, { date })
      const [{ id }] = await cardsOf(cycleId)
      await db.from('scorecards').where({ id }).update({ score, rating: 'qualified' })
      await givenState(cycleId, state)
    }
    await quarter('2021-10-01', 'closed', '81.1')
    await quarter('2022-01-01', 'closed', '82.2')
    await quarter('2022-04-01', 'calibration', '83.3')
    // to another unit in the middle of the year
    await db.from('assignments').where('person_id', personId).update({ valid_to: '2022-06-01' })
    const { unitId } = await givenTeam(0)
    await givenAssignment(personId, unitId, {
      employment_type: 'establishment',
      valid_from: '2022-06-01',
    })
    const cycleId = await givenCycle(unitId, { kind: 'year' })
    const [card] = await cardsOf(cycleId)
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const page = await client.get(`/performance/cards/${card.id}`).loginAs(officer)
    page.assertStatus(200)
    assert.include(page.text(), '本年度平时考核')
    assert.include(page.text(), '82.2')
    for (const other of ['81.1', '83.3']) assert.notInclude(page.text(), other)
  })
})
