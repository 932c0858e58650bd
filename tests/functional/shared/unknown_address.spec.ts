import { test } from '@japa/runner'

test.group('An unknown address', () => {
  test('has a page in the language of the visitor, with the request id', async ({
    client,
    assert,
  }) => {
    const chinese = await client.get('/nothing/here')
    chinese.assertStatus(404)
    assert.include(chinese.text(), 'lang="zh-CN"')
    const english = await client.get('/nothing/here').withPlainCookie('locale', 'en')
    english.assertStatus(404)
    assert.include(english.text(), 'lang="en"')
    assert.match(english.text(), /request-id/)
  })
})
