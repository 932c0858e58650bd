import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { TOTP, Secret } from 'otpauth'
import { clock } from '#shared/clock'
import { seal } from '#shared/crypto'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, PASSWORD, rowsOf } from '#tests/support/givens'

test.group('Signing in', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => clock.release())

  const attempt = (client: any, username: string, password: string) =>
    client.post('/accounts/sign-in').withCsrfToken().redirects(0).form({ username, password })

  test('opens the first page with the right password, and is on record', async ({
    client,
    assert,
  }) => {
    const user = await givenUser()
    const response = await attempt(client, user.username, PASSWORD)
    response.assertStatus(302)
    response.assertHeader('location', '/')
    const events = await rowsOf('audit_events', { action: 'accounts.session.started' })
    assert.lengthOf(events, 1)
    assert.notInclude(JSON.stringify(events), PASSWORD)
  })

  test('a wrong name and a wrong password are answered alike', async ({ client, assert }) => {
    const user = await givenUser()
    const wrong = await attempt(client, user.username, 'no')
    const unknown = await attempt(client, 'nobody', 'no')
    assert.deepEqual(wrong.flashMessage('error'), unknown.flashMessage('error'))
    assert.isUndefined(wrong.flashMessage('password'))
  })

  test('five failures lock the account for half an hour, the right password included', async ({
    client,
    assert,
  }) => {
    clock.freeze('2026-06-01 02:00:00.000')
    const user = await givenUser()
    for (let count = 0; count < 5; count++) await attempt(client, user.username, 'no')
    const locked = await attempt(client, user.username, PASSWORD)
    assert.include(locked.flashMessage('error'), '锁定')
    clock.freeze('2026-06-01 02:31:00.000')
    const open = await attempt(client, user.username, PASSWORD)
    open.assertHeader('location', '/')
    assert.include(open.flashMessage('warning'), '5')
  })

  test('a disabled account stays outside and its open session ends', async ({ client }) => {
    const user = await givenUser()
    await db.from('users').where('id', user.id).update({ state: 'disabled' })
    const response = await client.get('/').loginAs(user).redirects(0)
    response.assertHeader('location', '/accounts/sign-in')
  })

  test('a session ends after ten hours whatever was done in it', async ({ client }) => {
    const user = await givenUser()
    const old = clock.epoch() - 11 * 3_600_000
    const response = await client
      .get('/')
      .loginAs(user)
      .withSession({ signed_in_at: old, epoch: 1 })
      .redirects(0)
    response.assertHeader('location', '/accounts/sign-in')
  })

  test('an initial password must be changed before anything else', async ({ client, assert }) => {
    const user = await givenUser({ row: { must_change_password: true } })
    const stopped = await client.get('/').loginAs(user).redirects(0)
    stopped.assertHeader('location', '/accounts/password')
    const changed = await client
      .post('/accounts/password')
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({
        current_password: PASSWORD,
        password: 'Shan-shui-2026',
        password_confirmation: 'Shan-shui-2026',
      })
    changed.assertHeader('location', '/')
    const [row] = await rowsOf('users', { id: user.id })
    assert.equal(row.must_change_password, 0)
    assert.equal(row.session_epoch, 2)
  })

  test('a weak new password is refused with its reasons and nothing changes', async ({
    client,
    assert,
  }) => {
    const user = await givenUser()
    const [before] = await rowsOf('users', { id: user.id })
    const response = await client
      .post('/accounts/password')
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .form({ current_password: PASSWORD, password: 'abc', password_confirmation: 'abc' })
    assert.property(response.flashMessage('inputErrorsBag'), 'password')
    assert.deepEqual(await rowsOf('users', { id: user.id }), [before])
  })

  test('the present password is no new one under any policy, and guessing it locks the account', async ({
    client,
    assert,
  }) => {
    env.set('PASSWORD_POLICY', 'asvs')
    try {
      const user = await givenUser({ row: { must_change_password: true } })
      const change = (current: string, next: string) =>
        client
          .post('/accounts/password')
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form({ current_password: current, password: next, password_confirmation: next })
      const same = await change(PASSWORD, PASSWORD)
      assert.property(same.flashMessage('inputErrorsBag'), 'password')
      assert.equal((await rowsOf('users', { id: user.id }))[0].must_change_password, 1)
      for (let count = 0; count < 10; count++) await change('no', 'Shan-shui-2026-ji')
      const locked = await change(PASSWORD, 'Shan-shui-2026-ji')
      assert.include(locked.flashMessage('error'), '锁定')
      const entry = await attempt(client, user.username, PASSWORD)
      assert.include(entry.flashMessage('error'), '锁定')
    } finally {
      env.set('PASSWORD_POLICY', 'mlps')
    }
  })

  test('with a second step the password alone opens nothing, and a code opens once', async ({
    client,
    assert,
  }) => {
    const secret = new Secret({ size: 20 }).base32
    const user = await givenUser({
      row: { totp_sealed: seal(secret, 'totp'), totp_enabled_at: clock.now() },
    })
    const first = await attempt(client, user.username, PASSWORD)
    first.assertHeader('location', '/accounts/code')
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    const waiting = { waiting_for_code: { userId: user.id, epoch: 1, at: clock.epoch() } }
    const enter = () =>
      client.post('/accounts/code').withSession(waiting).withCsrfToken().redirects(0).form({ code })
    const second = await enter()
    second.assertHeader('location', '/')
    const again = await enter()
    assert.exists(again.flashMessage('error'))
  })

  const withSecondStep = async (row: Record<string, unknown> = {}) => {
    const secret = new Secret({ size: 20 }).base32
    const user = await givenUser({
      row: { totp_sealed: seal(secret, 'totp'), totp_enabled_at: clock.now(), ...row },
    })
    const code = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.epoch() })
    return { user, code }
  }

  const enterCode = (client: any, userId: number, code: string) =>
    client
      .post('/accounts/code')
      .withSession({ waiting_for_code: { userId, epoch: 1, at: clock.epoch() } })
      .withCsrfToken()
      .redirects(0)
      .form({ code })

  test('wrong codes lock the account as wrong passwords do, the right code included', async ({
    client,
    assert,
  }) => {
    clock.freeze('2026-06-01 02:00:00.000')
    const { user, code } = await withSecondStep()
    for (let count = 0; count < 5; count++) await enterCode(client, user.id, '000000')
    const locked = await enterCode(client, user.id, code())
    assert.include(locked.flashMessage('error'), '锁定')
    const password = await attempt(client, user.username, PASSWORD)
    assert.include(password.flashMessage('error'), '锁定')
    assert.lengthOf(await rowsOf('audit_events', { action: 'accounts.session.locked' }), 1)
    clock.freeze('2026-06-01 02:31:00.000')
    const open = await enterCode(client, user.id, code())
    open.assertHeader('location', '/')
    assert.include(open.flashMessage('warning'), '5')
    assert.equal((await rowsOf('users', { id: user.id }))[0].failed_sign_ins, 0)
  })

  test('a password that was changed before the second step opens nothing', async ({
    client,
    assert,
  }) => {
    const { user, code } = await withSecondStep()
    await db.from('users').where('id', user.id).increment('session_epoch', 1)
    const late = await enterCode(client, user.id, code())
    assert.exists(late.flashMessage('error'))
    assert.isEmpty(await rowsOf('audit_events', { action: 'accounts.session.started' }))
  })

  test('the right password before the second step forgets no failure and opens no session', async ({
    client,
    assert,
  }) => {
    const { user } = await withSecondStep({ failed_sign_ins: 3 })
    const response = await attempt(client, user.username, PASSWORD)
    response.assertHeader('location', '/accounts/code')
    const [row] = await rowsOf('users', { id: user.id })
    assert.equal(row.failed_sign_ins, 3)
    assert.isNull(row.last_sign_in_at)
    assert.isEmpty(await rowsOf('audit_events', { action: 'accounts.session.started' }))
  })

  test('codes of one address are throttled', async ({ client, assert }) => {
    const { user, code } = await withSecondStep()
    await enterCode(client, user.id, '000000')
    await db.from('throttles').update({ hits: 100 })
    const response = await enterCode(client, user.id, code())
    assert.include(response.flashMessage('error'), '十五分钟')
  })

  test('a code typed with spaces is taken, once', async ({ client, assert }) => {
    const { user, code } = await withSecondStep()
    const digits = code()
    const spaced = await enterCode(client, user.id, ` ${digits.slice(0, 3)} ${digits.slice(3)} `)
    spaced.assertHeader('location', '/')
    const again = await enterCode(client, user.id, digits)
    assert.exists(again.flashMessage('error'))
  })
})
