import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenPerson, givenUnit, givenUser, rowsOf } from '#tests/support/givens'

test.group('Issuing accounts', (group) => {
  group.each.setup(() => emptyDatabase())

  const issue = (client: any, officer: any, ids: number[]) =>
    client.post('/accounts/users').loginAs(officer).withCsrfToken().form({ 'person_ids[]': ids })

  test('an officer of a unit issues accounts to its people alone, all or none', async ({
    client,
    assert,
  }) => {
    const [own, other] = [await givenUnit(), await givenUnit()]
    const mine = await givenPerson({ name: '本单位人' })
    const theirs = await givenPerson({ name: '外单位人' })
    const outside = await givenPerson({ name: '市委领导', external: true })
    await givenAssignment(mine, own)
    await givenAssignment(theirs, other)
    const officer = await givenUser({ role: 'hr_officer', unitId: own })
    const page = await client.get('/accounts/users/new').loginAs(officer)
    assert.include(page.text(), '本单位人')
    for (const name of ['外单位人', '市委领导']) assert.notInclude(page.text(), name)
    for (const stranger of [theirs, outside]) {
      const refused = await issue(client, officer, [mine, stranger])
      refused.assertStatus(403)
    }
    assert.isEmpty(await rowsOf('users', { person_id: mine }))
    const issued = await issue(client, officer, [mine])
    issued.assertStatus(200)
    assert.lengthOf(await rowsOf('users', { person_id: mine }), 1)
  })

  test('who left the unit is no longer its people', async ({ client, assert }) => {
    const unitId = await givenUnit()
    const personId = await givenPerson()
    await givenAssignment(personId, unitId, { valid_to: clock.today() })
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const refused = await issue(client, officer, [personId])
    refused.assertStatus(403)
    assert.isEmpty(await rowsOf('users', { person_id: personId }))
  })

  test('people without employment are listed and served by an officer of all units', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit()
    const leader = await givenPerson({ name: '市委领导', external: true })
    const employee = await givenPerson({ name: '本单位人' })
    await givenAssignment(employee, unitId)
    const officer = await givenUser({ role: 'hr_officer' })
    const all = await client.get('/accounts/users/new').loginAs(officer)
    for (const name of ['市委领导', '本单位人', '无任职']) assert.include(all.text(), name)
    const outside = await client.get('/accounts/users/new?unit=none').loginAs(officer)
    assert.include(outside.text(), '市委领导')
    assert.notInclude(outside.text(), '本单位人')
    const issued = await issue(client, officer, [leader])
    issued.assertStatus(200)
    assert.lengthOf(await rowsOf('users', { person_id: leader }), 1)
  })
})
