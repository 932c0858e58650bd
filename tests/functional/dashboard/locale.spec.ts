import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'

test.group('Language', (group) => {
  group.each.setup(() => emptyDatabase())

  test('is kept in a cookie and at the account, and leads back', async ({ client, assert }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const response = await client
      .post('/locale')
      .loginAs(user)
      .withCsrfToken()
      .redirects(0)
      .header('referer', '/inbox')
      .form({ locale: 'en' })
    response.assertStatus(302)
    response.assertHeader('location', '/inbox')
    assert.include(String(response.header('set-cookie')), 'locale=')
    const [row] = await rowsOf('users', { id: user.id })
    assert.equal(row.locale, 'en')

    const pageResponse = await client.get('/').loginAs(user)
    const page = pageResponse.text()
    assert.include(page, '<html lang="en"')
    assert.include(page, 'Hello, hr_officer')
  })

  test('filters and tabs stay; an address that asks for a language asks for the new one', async ({
    client,
    assert,
  }) => {
    for (const [from, to] of [
      ['/people/persons?unit=3&sort=unit', '/people/persons?unit=3&sort=unit'],
      ['/people/persons?unit=3&lang=zh-CN', '/people/persons?unit=3&lang=en'],
    ]) {
      const response = await client
        .post('/locale')
        .withCsrfToken()
        .redirects(0)
        .header('referer', from)
        .form({ locale: 'en' })
      assert.equal(response.header('location'), to)
    }
  })

  test('a stranger switches too; an unknown language is refused', async ({ client, assert }) => {
    const known = await client.post('/locale').withCsrfToken().redirects(0).form({ locale: 'en' })
    known.assertStatus(302)
    assert.include(String(known.header('set-cookie')), 'locale=')
    const page = await client.get('/accounts/sign-in').withPlainCookie('locale', 'en')
    assert.include(page.text(), '<html lang="en"')

    const unknown = await client.post('/locale').withCsrfToken().redirects(0).form({ locale: 'xx' })
    assert.notInclude(String(unknown.header('set-cookie')), 'locale=')
  })
})
