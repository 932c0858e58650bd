import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { buildActor } from '#accounts/queries/build_actor'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import { decideGrant, endGrant, proposeGrant } from '#accounts/actions/grants'
import { delegate } from '#accounts/actions/delegations'

const grant = (userId: number, role: any, more = {}) => ({
  userId,
  role,
  scope: 'all' as const,
  validFrom: '2026-01-01',
  validTo: null,
  reason: '测试',
  ...more,
})

test.group('Grants', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a grant counts only after a second security administrator approved it', async ({
    assert,
  }) => {
    const first = await givenActor({ role: 'security_admin' })
    const second = await givenActor({ role: 'security_admin' })
    const user = await givenUser()
    const id = await proposeGrant(grant(user.id, 'hr_officer'), first)
    assert.isFalse((await buildActor(user.id)).may('people.edit'))
    await assert.rejects(() => decideGrant({ grantId: id, version: 1, approve: true }, first))
    await decideGrant({ grantId: id, version: 1, approve: true }, second)
    assert.isTrue((await buildActor(user.id)).may('people.edit'))
    await endGrant({ grantId: id, version: 2 }, first)
    assert.isFalse((await buildActor(user.id)).may('people.edit'))
  })

  test('the three administrators exclude each other, in the database', async ({ assert }) => {
    const actor = await givenActor({ role: 'security_admin' })
    const user = await givenUser({ role: 'system_admin' })
    await assert.rejects(() => proposeGrant(grant(user.id, 'audit_admin'), actor))
    await assert.rejects(() =>
      db.table('grants').insert({
        user_id: user.id,
        role: 'audit_admin',
        scope: 'all',
        valid_from: '2026-01-01',
        state: 'active',
        version: 1,
        created_at: clock.now(),
      })
    )
    assert.lengthOf(await rowsOf('grants', { user_id: user.id }), 1)
  })

  test('no pair of the three administrators comes together in one account, whatever is written', async ({
    assert,
  }) => {
    const roles = ['system_admin', 'security_admin', 'audit_admin'] as const
    const write = (userId: number, role: string, state: string) =>
      db.table('grants').insert({
        user_id: userId,
        role,
        scope: 'all',
        valid_from: '2026-01-01',
        state,
        version: 1,
        created_at: clock.now(),
      })
    for (const held of roles) {
      for (const other of roles.filter((role) => role !== held)) {
        const user = await givenUser({ role: held })
        for (const state of ['proposed', 'active']) {
          await assert.rejects(() => write(user.id, other, state))
        }
        await write(user.id, other, 'ended')
        await write(user.id, 'hr_officer', 'active')
        const grants = () => db.from('grants').where('user_id', user.id)
        await assert.rejects(() => grants().where('role', other).update({ state: 'active' }))
        await assert.rejects(() => grants().where('role', 'hr_officer').update({ role: other }))
        await grants().where('role', held).update({ state: 'ended' })
        await grants().where('role', other).update({ state: 'active' })
        assert.deepEqual((await buildActor(user.id)).roles, [other, 'hr_officer'])
      }
    }
  })

  test('nobody grants anything to oneself', async ({ assert }) => {
    const user = await givenUser({ role: 'security_admin' })
    const actor = await buildActor(user.id)
    await assert.rejects(() => proposeGrant(grant(user.id, 'hr_head'), actor))
  })

  test('a grant bound to an assignment ends with it, the same day', async ({ assert }) => {
    const unitId = await givenUnit()
    const personId = await givenPerson()
    const assignmentId = await givenAssignment(personId, unitId)
    const user = await givenUser({ personId, role: 'hr_officer' })
    await db.from('grants').where('user_id', user.id).update({ assignment_id: assignmentId })
    assert.isTrue((await buildActor(user.id)).may('people.edit'))
    await db.from('assignments').where('id', assignmentId).update({ valid_to: clock.today() })
    assert.isFalse((await buildActor(user.id)).may('people.edit'))
  })

  test('removing a grant never widens what somebody may do', async ({ assert }) => {
    const unitId = await givenUnit()
    const user = await givenUser({ role: 'hr_officer', unitId })
    const second = { user_id: user.id, role: 'auditor', scope: 'all', valid_from: '2026-01-01' }
    await db
      .table('grants')
      .insert({ ...second, state: 'active', version: 1, created_at: clock.now() })
    const before = await buildActor(user.id)
    await db.from('grants').where({ user_id: user.id, role: 'auditor' }).update({ state: 'ended' })
    const after = await buildActor(user.id)
    const other = await givenUnit()
    for (const capability of before.grants.flatMap((item) => item.capabilities)) {
      for (const target of [{ unitId }, { unitId: other }]) {
        if (after.may(capability, target)) assert.isTrue(before.may(capability, target))
      }
    }
    assert.isFalse(after.may('people.view', { unitId: other }))
  })

  test('a delegated role acts in the name of the absent one, between its dates', async ({
    assert,
  }) => {
    const head = await givenUser({ role: 'hr_head' })
    const deputy = await givenUser()
    const today = clock.today()
    await delegate(
      { toUserId: deputy.id, role: 'hr_head', from: today, through: today, reason: '外出' },
      await buildActor(head.id)
    )
    const actor = await buildActor(deputy.id)
    assert.equal(actor.grantFor('transfers.approve_unit')?.onBehalfOf?.name, 'hr_head')
    clock.freeze('2030-01-01')
    assert.isFalse((await buildActor(deputy.id)).may('transfers.approve_unit'))
    clock.release()
  })

  test('a stranger is refused on every page of accounts and nothing changes', async ({
    client,
    assert,
  }) => {
    const stranger = await givenUser({ role: 'hr_officer' })
    const target = await givenUser()
    const before = await rowsOf('users')
    for (const path of ['/accounts/users', `/accounts/users/${target.id}`, '/accounts/grants']) {
      const response = await client.get(path).loginAs(stranger)
      response.assertStatus(403)
    }
    for (const path of [
      `/accounts/users/${target.id}/reset`,
      `/accounts/users/${target.id}/state`,
    ]) {
      const response = await client
        .post(path)
        .loginAs(stranger)
        .withCsrfToken()
        .redirects(0)
        .form({ version: 1, state: 'disabled' })
      response.assertStatus(403)
    }
    assert.deepEqual(await rowsOf('users'), before)
    assert.isNotEmpty(await rowsOf('audit_events', { action: 'audit.access.refused' }))
  })

  test('accounts are issued to people with their slips, once', async ({ client, assert }) => {
    const unitId = await givenUnit()
    const personId = await givenPerson({ name_pinyin: 'zhang wei' })
    await givenAssignment(personId, unitId)
    const officer = await givenUser({ role: 'hr_officer' })
    const issue = () =>
      client
        .post('/accounts/users')
        .loginAs(officer)
        .withCsrfToken()
        .form({ 'person_ids[]': personId })
    const response = await issue()
    response.assertStatus(200)
    response.assertHeader('content-type', 'application/pdf')
    const [user] = await rowsOf('users', { person_id: personId })
    assert.equal(user.username, 'zhangwei')
    assert.equal(user.must_change_password, 1)
    await issue()
    assert.lengthOf(await rowsOf('users', { person_id: personId }), 1)
  })
})
