import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, PASSWORD, rowsOf } from '#tests/support/givens'

const SIGN_IN = '/accounts/sign-in'

test.group('Headers and surface', (group) => {
  group.each.setup(() => emptyDatabase())

  test('the policy of a page allows only own scripts with this answer’s nonce, and no frame', async ({
    client,
    assert,
  }) => {
    const policies = []
    for (let count = 0; count < 2; count++) {
      const response = await client.get(SIGN_IN)
      const policy = String(response.header('content-security-policy'))
      const script = policy.split(';').find((part) => part.trim().startsWith('script-src '))!
      assert.match(script, /'self' 'nonce-[\w-]{16,}'/)
      assert.notInclude(script, 'unsafe')
      assert.include(policy, "default-src 'none'")
      assert.include(policy, "object-src 'none'")
      assert.include(policy, "base-uri 'self'")
      assert.include(policy, "frame-ancestors 'none'")
      const nonce = /'nonce-([\w-]+)'/.exec(script)![1]
      for (const [tag] of response.text().matchAll(/<script\b[^>]*>/g)) {
        assert.match(tag, new RegExp(`nonce="${nonce}"|type="application/json"|src="/`))
      }
      assert.notMatch(response.text(), /\son[a-z]+=/i)
      policies.push(policy)
    }
    assert.notEqual(policies[0], policies[1])
  })

  test('answers are not sniffed, not framed and only over https once seen there', async ({
    client,
    assert,
  }) => {
    const response = await client.get(SIGN_IN)
    response.assertHeader('x-content-type-options', 'nosniff')
    response.assertHeader('x-frame-options', 'DENY')
    const https = String(response.header('strict-transport-security'))
    assert.match(https, /max-age=31536000; includeSubDomains/)
    response.assertHeader('referrer-policy', 'same-origin')
    assert.match(String(response.header('content-type')), /^text\/html; charset=utf-8/)
    assert.isUndefined(response.header('access-control-allow-origin'))
  })

  test('what somebody sees signed in is kept by nobody on the way', async ({ client }) => {
    const user = await givenUser()
    const response = await client.get('/accounts/security').loginAs(user)
    response.assertStatus(200)
    response.assertHeader('cache-control', 'no-store')
  })

  test('the session cookie is out of reach of scripts and other sites', async ({
    client,
    assert,
  }) => {
    const response = await client.get(SIGN_IN)
    const cookies = [response.header('set-cookie')].flat().map(String)
    const session = cookies.find((cookie) => cookie.includes('ronghe_session'))!
    assert.match(session, /HttpOnly/i)
    assert.match(session, /SameSite=Lax/i)
    assert.notMatch(session, /Max-Age|Expires/i)
  })

  test('a form without its token changes nothing, whoever sends it', async ({ client, assert }) => {
    const user = await givenUser({ role: 'system_admin' })
    const before = await rowsOf('users')
    const signIn = await client
      .post(SIGN_IN)
      .redirects(0)
      .form({ username: user.username, password: PASSWORD })
    assert.notEqual(signIn.header('location'), '/')
    const other = await client
      .post(`/accounts/users/${user.id}/state`)
      .loginAs(user)
      .redirects(0)
      .form({ version: 1, state: 'disabled' })
    assert.isAtLeast(other.status(), 300)
    assert.deepEqual(await rowsOf('users'), before)
    assert.lengthOf(await rowsOf('audit_events', { action: 'accounts.session.started' }), 0)
  })

  test('a state is never changed by opening an address', async ({ client }) => {
    const user = await givenUser()
    for (const path of ['/accounts/sign-out', '/accounts/sign-out-everywhere', '/accounts/totp']) {
      const response = await client.get(path).loginAs(user).redirects(0)
      response.assertStatus(404)
    }
  })

  for (const path of ['/.env', '/.git/config', '/assets/', '/storage/', '/..%2f.env']) {
    test(`${path} is not served`, async ({ client, assert }) => {
      const response = await client.get(path).redirects(0)
      assert.notEqual(response.status(), 200)
      assert.notInclude(response.text(), 'APP_KEY')
    })
  }

  test('values of another kind than the form has are refused, without a word about the inside', async ({
    client,
    assert,
  }) => {
    const response = await client
      .post(SIGN_IN)
      .withCsrfToken()
      .header('accept', 'application/json')
      .json({ username: { $ne: '' }, password: ['x'] })
    assert.isBelow(response.status(), 500)
    for (const word of ['node_modules', 'SELECT', 'select *', 'at async']) {
      assert.notInclude(response.text(), word)
    }
  })
})
