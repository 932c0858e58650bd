import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { givenPayroll, givenReleased, givenRun } from '../pay/givens.js'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenScheme,
  givenState,
  TODAY,
} from '../performance/givens.js'

test.group('Home of a member of staff', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('opens with the own payslip and result once they are out', async ({ client, assert }) => {
    const { office, unitId, personIds } = await givenPayroll(3)
    const [personId] = personIds
    const staff = await givenUser({ role: 'staff', personId })
    const page = async () => (await client.get('/').loginAs(staff)).text()

    const june = await givenReleased(office, unitId, { title: '六月工资' })
    await givenRun(office, unitId, {
      title: '七月工资',
      monthFrom: '2022-07',
      monthTo: '2022-07',
      payMonth: '2022-07',
    })
    await givenScheme(await givenLibrary(), unitId)
    const cycleId = await givenCycle(unitId)
    const card = (await cardsOf(cycleId)).find((one) => one.personId === personId)!
    await db.from('scorecards').where('id', card.id).update({ rating: 'qualified' })

    const [{ id }] = await db.from('pay_slips').where({ run_id: june, person_id: personId })
    const before = await page()
    assert.include(before, `href="/pay/slips/${id}"`)
    assert.include(before, '六月工资')
    assert.notInclude(before, '七月工资')
    assert.notInclude(before, `href="/performance/cards/${card.id}"`)

    await givenState(cycleId, 'publicity')
    assert.match(await page(), new RegExp(`href="/performance/cards/${card.id}"[^]*?合格`))
  })
})
