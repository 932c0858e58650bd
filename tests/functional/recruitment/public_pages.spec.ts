import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { givenOffice, givenOpenPlan, TODAY } from './givens.js'

test.group('Pages of recruitment for everybody', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('reading begins no session and sets no cookie; the pages keep their shield', async ({
    client,
    assert,
  }) => {
    const { id } = await givenOpenPlan(await givenOffice())
    for (const path of ['/jobs', `/jobs/${id}`, `/jobs/${id}/notice`, '/jobs/999999']) {
      const response = await client.get(path)
      response.assertStatus(path.endsWith('999999') ? 404 : 200)
      assert.isUndefined(response.header('set-cookie'), path)
      assert.include(response.header('content-security-policy'), "default-src 'none'", path)
      response.assertHeader('x-frame-options', 'DENY')
      response.assertHeader('x-content-type-options', 'nosniff')
    }
    assert.lengthOf(await rowsOf('sessions'), 0)
  })

  test('the language is the address’s, else the switched one, else the browser’s, else Chinese', async ({
    client,
    assert,
  }) => {
    const languageOf = async (path: string, accepted = '*', kept?: string) => {
      const request = client.get(path).header('Accept-Language', accepted)
      if (kept) request.plainCookie('locale', kept)
      return /<html lang="([^"]+)"/.exec((await request).text())?.[1]
    }
    assert.equal(await languageOf('/jobs'), 'zh-CN')
    assert.equal(await languageOf('/jobs', 'fr'), 'zh-CN')
    assert.equal(await languageOf('/jobs', 'en-GB,en;q=0.9,zh;q=0.1'), 'en')
    assert.equal(await languageOf('/jobs', 'en', 'zh-CN'), 'zh-CN')
    assert.equal(await languageOf('/jobs?lang=en', 'zh-CN', 'zh-CN'), 'en')
    assert.equal(await languageOf('/jobs?lang=xx', 'zh-CN'), 'zh-CN')
    const page = (await client.get('/jobs?lang=en')).text()
    assert.include(page, 'href="/jobs?lang=zh-CN"')
    assert.include(page, 'href="/jobs/status?lang=en"')
  })

  test('a page is kept for some seconds, each answer with a nonce and a number of its own', async ({
    client,
    assert,
    cleanup,
  }) => {
    env.set('PUBLIC_PAGE_SECONDS', 5)
    cleanup(() => env.set('PUBLIC_PAGE_SECONDS', 0))
    const { id } = await givenOpenPlan(await givenOffice())
    const read = async (path = `/jobs/${id}`, requestId = 'a<b') => {
      const response = await client.get(path).header('x-request-id', requestId)
      const nonce = /csp-nonce" content="([^"]+)/.exec(response.text())![1]
      assert.include(response.header('content-security-policy'), `'nonce-${nonce}'`)
      assert.include(response.text(), requestId.replace('<', '&lt;'))
      assert.match(response.header('content-type')!, /^text\/html/)
      return { nonce, same: response.text().replaceAll(nonce, '').replaceAll(requestId, '') }
    }
    const first = await read(`/jobs/${id}`, 'first-one')
    await db.from('recruitments').where({ id }).update({ title: '改过的公告' })
    const second = await read(`/jobs/${id}`, 'second-one')
    assert.equal(second.same, first.same)
    assert.notEqual(second.nonce, first.nonce)
    await read()

    assert.include((await read(`/jobs/${id}?lang=en`, 'n')).same, '<html la')
    assert.include((await client.get(`/jobs/${id}?other=1`)).text(), '改过的公告')
    clock.freeze(`${TODAY} 04:00:06`)
    assert.include((await read()).same, '改过的公告')
    const missing = await client.get('/jobs/999999').header('x-request-id', 'missing-one')
    assert.include(missing.text(), 'missing-one')
  })

  test('a page with a form keeps the asked language, its session and its guard', async ({
    client,
    assert,
  }) => {
    const { id } = await givenOpenPlan(await givenOffice())
    for (const path of ['/jobs/status', `/jobs/${id}/applications`]) {
      const page = await client.get(`${path}?lang=en`)
      page.assertStatus(200)
      assert.include(page.text(), '<html lang="en"')
      assert.include(page.text(), 'name="_csrf"'.replaceAll('"', "'"))
      const cookies = String(page.header('set-cookie'))
      assert.include(cookies, 'ronghe_session=')
      assert.include(cookies, 'locale=')
      const refused = await client.post(path).form({ name: '王小明' }).redirects(0)
      refused.assertStatus(419)
    }
    assert.lengthOf(await rowsOf('recruitment_applications'), 0)
  })

  test('who asks for the state or applies again and again from one address is put off', async ({
    client,
    assert,
  }) => {
    const { id, recruitmentPostId } = await givenOpenPlan(await givenOffice())
    const ask = () =>
      client
        .post('/jobs/status')
        .withCsrfToken()
        .header('referer', '/jobs/status')
        .form({ number: 'BM2022000001', identity_no: '510104199605120011' })
    await ask()
    const doors = await rowsOf('throttles')
    assert.lengthOf(doors, 1)
    assert.match(doors[0].id, /^status:/)
    assert.notInclude(doors[0].id, '127.0.0.1')
    await db.from('throttles').update({ hits: 60 })
    const putOff = '尝试次数过多，请十五分钟后再试。'
    assert.include((await ask()).text(), putOff)
    // the other door is its own
    const apply = () =>
      client
        .post(`/jobs/${id}/applications`)
        .withCsrfToken()
        .header('referer', '/jobs/status')
        .form({ post_id: recruitmentPostId })
    assert.notInclude((await apply()).text(), putOff)
    await db.from('throttles').where('id', 'like', 'apply:%').update({ hits: 30 })
    assert.include((await apply()).text(), putOff)
    assert.lengthOf(await rowsOf('recruitment_applications'), 0)
    clock.freeze('2022-03-02')
    assert.notInclude((await ask()).text(), putOff)
  })
})
