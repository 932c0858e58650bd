import { setTimeout } from 'node:timers/promises'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { changePassword } from '#accounts/actions/change_password'
import { proposeGrant } from '#accounts/actions/grants'
import { issueAccounts } from '#accounts/actions/issue_accounts'
import { resetPassword, signOutEverywhere } from '#accounts/actions/manage_user'
import { buildActor } from '#accounts/queries/build_actor'
import { executeUnitChange } from '#organization/actions/execute_unit_change'
import { proposeUnitChange } from '#organization/actions/propose_unit_change'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenDocument,
  givenPerson,
  givenUnit,
  givenUser,
  PASSWORD,
  rowsOf,
} from '#tests/support/givens'
import { together } from '#tests/support/together'

const ROUNDS = 10
const NEXT = 'Zhongguo-2026-mei'

test.group('Accounts, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => clock.release())

  const epochOf = async (id: number) => {
    const row = await db.from('users').where({ id }).firstOrFail()
    return Number(row.session_epoch)
  }

  const change = async (userId: number) =>
    changePassword(
      { userId, address: '127.0.0.1', current: PASSWORD, next: NEXT },
      await buildActor(userId)
    )

  test('who signs in by the old password while it is reset stays in no session', async ({
    client,
    assert,
  }) => {
    const admin = await givenActor({ role: 'security_admin' })
    for (let round = 0; round < ROUNDS; round++) {
      const { id, username } = await givenUser()
      const form = { username, password: PASSWORD }
      const [response] = await Promise.all([
        client.post('/accounts/sign-in').withCsrfToken().redirects(0).form(form),
        setTimeout(round * 4).then(() => resetPassword(id, 1, admin)),
      ])
      assert.notEqual(response.session().epoch, await epochOf(id), `round ${round}`)
    }
  }).timeout(120_000)

  test('sessions ended everywhere while the password is changed: one stays', async ({ assert }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await givenUser()
      const actor = await buildActor(id)
      const epochs = await Promise.all([
        change(id),
        setTimeout(round * 4).then(() => signOutEverywhere(actor)),
      ])
      assert.lengthOf(new Set(epochs), 2, `round ${round}`)
      assert.equal(Math.max(...epochs), await epochOf(id))
    }
  }).timeout(120_000)

  test('accounts issued to the same people by two: one each, and every slip is handed out', async ({
    assert,
  }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    for (let round = 0; round < ROUNDS; round++) {
      const people = [await givenPerson(), await givenPerson(), await givenPerson()]
      const lists = await Promise.all([
        issueAccounts(people, officer),
        issueAccounts(people, officer),
      ])
      const slips = lists.flat().map(({ username }) => username)
      const users = await db.from('users').whereIn('person_id', people).select('username')
      assert.sameMembers(
        slips,
        users.map(({ username }) => username)
      )
      assert.lengthOf(slips, people.length)
    }
  }).timeout(120_000)

  test('no grant over a unit comes at the moment of its end', async ({ assert }) => {
    clock.freeze('2022-03-01')
    const day = clock.today()
    const first = await givenActor({ role: 'security_admin' })
    const officer = await givenActor({ role: 'hr_officer' })
    const head = await givenActor({ role: 'hr_head' })
    const documentId = await givenDocument()
    const { id: userId } = await givenUser()
    for (let round = 0; round < ROUNDS; round++) {
      const unitId = await givenUnit()
      const changeId = await proposeUnitChange(
        {
          kind: 'dissolve',
          effectiveOn: day,
          documentId,
          reason: null,
          predecessorIds: [unitId],
          successorIds: [],
        },
        officer
      )
      const propose = () =>
        proposeGrant(
          {
            userId,
            role: 'hr_officer',
            scope: 'unit',
            unitId,
            validFrom: day,
            validTo: null,
            reason: '测试',
          },
          first
        )
      const end = () => executeUnitChange({ changeId, version: 1, settlements: {} }, head)
      await together(round % 2 ? [end, propose] : [propose, end])
      const { dissolved_on: ended } = await db.from('units').where('id', unitId).firstOrFail()
      const grants = await rowsOf('grants', { scope_id: unitId, state: 'proposed' })
      assert.equal(grants.length, ended === null ? 1 : 0, `round ${round}`)
    }
  }).timeout(120_000)
})
