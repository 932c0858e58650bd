import { test } from '@japa/runner'
import edge from 'edge.js'
import i18nManager from '@adonisjs/i18n/services/main'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'

const STATUSES = [403, 404, 409, 413, 419, 422, 429, 500, 503]

test.group('Error pages', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a refused page says so in the language of the user, with the request id', async ({
    client,
    assert,
  }) => {
    const user = await givenUser({ row: { locale: 'en' } })
    const response = await client.get('/audit/events').loginAs(user)
    response.assertStatus(403)
    assert.include(response.text(), 'Not allowed')
    assert.include(response.text(), String(response.header('x-request-id') ?? 'Request '))
  })

  test('a form with an old token is told that the page expired', async ({ client, assert }) => {
    const response = await client.post('/locale').redirects(0).form({ locale: 'en' })
    response.assertStatus(419)
    assert.include(response.text(), '页面已过期')
  })

  test('every status has a page for strangers in both languages', async ({ assert }) => {
    for (const locale of ['zh-CN', 'en']) {
      const i18n = i18nManager.locale(locale)
      const t = (key: string, params?: Record<string, any>) => i18n.t(key, params)
      for (const status of STATUSES) {
        const text = t(`shared.pages.${status}.text`)
        const html = await edge.render('pages/errors/show', { i18n, t, locale, status, text })
        assert.include(html, t(`shared.pages.${status}.title`))
        assert.include(html, text)
        assert.notInclude(html, 'translation missing')
      }
    }
  })
})
