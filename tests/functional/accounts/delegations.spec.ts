import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { proposeGrant } from '#accounts/actions/grants'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'

test.group('Delegations', (group) => {
  group.each.setup(() => emptyDatabase())

  test('the three administrators hand on nothing', async ({ client, assert }) => {
    const today = clock.today()
    for (const role of ['system_admin', 'security_admin', 'audit_admin'] as const) {
      const admin = await givenUser({ role })
      const deputy = await givenUser()
      const response = await client
        .post('/accounts/delegations')
        .loginAs(admin)
        .withCsrfToken()
        .redirects(0)
        .form({ to_user_id: deputy.id, role, from: today, through: today, reason: '外出' })
      assert.include(response.flashMessage('error'), '不得代签')
      const page = await client.get('/accounts/security').loginAs(admin)
      assert.notInclude(page.text(), 'action="/accounts/delegations"')
    }
    assert.isEmpty(await rowsOf('delegations'))
  })

  test('nobody stands in for days that are over', async ({ client, assert }) => {
    const head = await givenUser({ role: 'hr_head' })
    const deputy = await givenUser()
    const today = clock.today()
    const send = (from: string, through: string) =>
      client
        .post('/accounts/delegations')
        .loginAs(head)
        .withCsrfToken()
        .redirects(0)
        .form({ to_user_id: deputy.id, role: 'hr_head', from, through, reason: '外出' })
    for (const through of [addDays(today, -1), today]) {
      const refused = await send(addDays(today, -5), through)
      assert.property(refused.flashMessage('inputErrorsBag'), 'from')
    }
    assert.isEmpty(await rowsOf('delegations'))
    await send(today, today)
    assert.lengthOf(await rowsOf('delegations'), 1)
  })

  test('who stands in for the proposer of a grant does not approve it', async ({
    client,
    assert,
  }) => {
    const proposer = await givenUser({ role: 'security_admin' })
    const deputy = await givenUser()
    const today = clock.today()
    await db.table('delegations').insert({
      from_user_id: proposer.id,
      to_user_id: deputy.id,
      role: 'security_admin',
      valid_from: today,
      valid_to: addDays(today, 1),
      reason: '外出',
      state: 'active',
      version: 1,
      created_at: clock.now(),
    })
    const id = await proposeGrant(
      {
        userId: (await givenUser()).id,
        role: 'hr_officer',
        scope: 'all',
        validFrom: today,
        validTo: null,
        reason: '测试',
      },
      await buildActor(proposer.id)
    )
    const decide = (user: any) =>
      client
        .post(`/accounts/grants/${id}/decision`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ version: 1, approve: 'true' })
    const refused = await decide(deputy)
    refused.assertStatus(403)
    assert.equal((await rowsOf('grants', { id }))[0].state, 'proposed')
    const second = await givenUser({ role: 'security_admin' })
    await decide(second)
    assert.equal((await rowsOf('grants', { id }))[0].state, 'active')
  })
})
