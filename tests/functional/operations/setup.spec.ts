import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { refuseToServe } from '#shared/operations/startup_checks'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import Setup from '../../../commands/setup.js'
import { here, run } from './places.js'

test.group('Setup of a production installation', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
  })
  group.each.teardown(() => {
    env.set('DEMO', false)
  })

  const setup = (...args: string[]) => here(Setup, args)

  test('makes two security administrators whose codes open only the change of password', async ({
    client,
    assert,
  }) => {
    const { code, output: text } = await setup('--account=wang.wei:王伟')
    assert.equal(code, 0)
    const users = await rowsOf('users')
    assert.deepEqual(
      users.map(({ username }) => username),
      ['security-a', 'security-b', 'wang.wei']
    )
    const grants = await rowsOf('grants')
    assert.deepEqual(
      grants.map(({ role, state, user_id: id }) => [role, state, Number(id)]),
      users.slice(0, 2).map(({ id }) => ['security_admin', 'active', Number(id)])
    )
    const codes = users.map(({ username }) => {
      return new RegExp(`${username.replace('.', '\\.')}\\s+(\\S+)`).exec(text)![1]
    })
    assert.lengthOf(new Set(codes), 3)

    const response = await client
      .post('/accounts/sign-in')
      .withCsrfToken()
      .redirects(0)
      .form({ username: 'security-a', password: codes[0] })
    response.assertStatus(302)
    assert.lengthOf(await rowsOf('audit_events', { action: 'accounts.session.started' }), 1)
    assert.isTrue(users.every((user) => Boolean(user.must_change_password)))
    const everything = JSON.stringify([await rowsOf('audit_events'), users])
    for (const secret of codes) assert.notInclude(everything, secret)
  })

  test('refuses where accounts exist, and nothing changes', async ({ assert }) => {
    await givenUser()
    const before = await rowsOf('users')
    const { code, output: text } = await setup()
    assert.equal(code, 1)
    assert.include(text, 'has accounts already')
    assert.deepEqual(await rowsOf('users'), before)
  })

  test('a wrong --account is named and nothing is made', async ({ assert }) => {
    const { code, output: text } = await setup('--account=Wang')
    assert.equal(code, 1)
    assert.include(text, '--account=Wang')
    assert.lengthOf(await rowsOf('users'), 0)
  })

  test('demo accounts stop the server unless DEMO is true; disabled ones do not', async ({
    assert,
  }) => {
    await refuseToServe()
    const user = await givenUser({ row: { demo: true } })
    await assert.rejects(() => refuseToServe(), /demo accounts/)
    env.set('DEMO', true)
    await refuseToServe()
    env.set('DEMO', false)
    await db.from('users').where('id', user.id).update({ state: 'disabled' })
    await refuseToServe()
  })

  test('a production server with demo accounts does not begin to listen', async ({ assert }) => {
    await givenUser({ row: { demo: true } })
    const args = ['--import', '@poppinss/ts-exec', 'bin/server.ts']
    const ended = await run(process.execPath, args, { NODE_ENV: 'production', PORT: '0' })
    assert.equal(ended.code, 1)
    assert.include(ended.output, 'demo accounts')
    assert.notInclude(ended.output, 'started HTTP server')
  })
})
