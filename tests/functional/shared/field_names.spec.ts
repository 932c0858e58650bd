import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { givenFreeze } from '../discipline/givens.js'

/** A form that is sent empty, who may send it, a field and what its page calls it. */
const FORMS = [
  [
    'hr_officer',
    '/organization/units/create',
    '/organization/units',
    'name',
    '法定名称',
    'Legal name',
  ],
  ['finance_officer', '/funds/create', '/funds', 'name', '专项资金', 'Special fund'],
  [
    'hr_officer',
    '/discipline/exemptions/create',
    '/discipline/exemptions',
    'rule',
    '纪律条款',
    'Rule',
  ],
  ['hr_head', '/accounts/security', '/accounts/delegations', 'to_user_id', '代行人', 'Colleague'],
  ['hr_head', '/accounts/security', '/accounts/delegations', 'through', '末日', 'Last day'],
] as const

test.group('A refused form', (group) => {
  group.each.setup(() => emptyDatabase())

  for (const [role, page, action, field, chinese, english] of FORMS) {
    test(`${action} names ${field} as its label does, in both languages`, async ({
      client,
      assert,
    }) => {
      await givenFreeze()
      const user = await givenUser({ role })
      for (const [locale, label, sentence] of [
        ['zh-CN', chinese, `请填写${chinese}`],
        ['en', english, `${english} is required`],
      ]) {
        const sent = client.post(action).loginAs(user).withCsrfToken().header('referer', page)
        const answer = await sent.withPlainCookie('locale', locale).form({ _form: action })
        const html = answer.text()
        assert.match(html, new RegExp(`for="field-${field}">${label}</label>`))
        assert.include(html, `<li><a href="#field-${field}">${sentence}</a></li>`)
        assert.match(html, new RegExp(`id="field-${field}-error">.*</svg>${sentence}</p>`, 's'))
        assert.notMatch(html, /[\u2068\u2069]/)
      }
    })
  }

  test('an answer in JSON says the module’s names', async ({ client, assert }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const sent = client.post('/organization/units').loginAs(user).withCsrfToken()
    const answer = await sent.header('accept', 'application/json').form({ kind: 'reform' })
    answer.assertStatus(422)
    assert.match(answer.body().error, /^请填写名称 /)
    assert.notMatch(answer.body().error, /[\u2068\u2069]/)
  })
})
