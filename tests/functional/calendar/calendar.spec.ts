import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { isWorkday } from '#calendar/domain/working_days'
import { loadCalendar } from '#calendar/queries/load_calendar'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'

test.group('Working calendar', (group) => {
  group.each.setup(() => emptyDatabase())

  test('the first start seeds the known years, later starts add nothing', async ({ assert }) => {
    const added = await Promise.all([seedCalendar(), seedCalendar()])
    assert.lengthOf(added.flat(), 14)
    const days = await rowsOf('calendar_days')
    assert.deepEqual(await seedCalendar(), [])
    assert.deepEqual(await rowsOf('calendar_days'), days)
    const calendar = await loadCalendar()
    for (const day of ['2022-01-29', '2022-10-08', '2026-02-14']) {
      assert.isTrue(isWorkday(calendar, day), day)
    }
    assert.isFalse(isWorkday(calendar, '2026-02-17'))
    const [last] = (await rowsOf('calendar_years')).slice(-1)
    assert.deepEqual([last.year, last.confirmed], [2027, 0])
  })

  test('an administrator corrects a day with a reason; a stale correction is refused', async ({
    client,
    assert,
  }) => {
    await seedCalendar()
    const admin = await givenUser({ role: 'system_admin' })
    const edit = (day: string, form: object) =>
      client.post(`/calendar/days/${day}`).loginAs(admin).withCsrfToken().redirects(0).form(form)
    const without = await edit('2027-02-09', { kind: 'holiday', name: '春节' })
    assert.property(without.flashMessage('inputErrorsBag'), 'reason')
    const idle = await edit('2027-02-13', { kind: 'holiday', name: '春节', reason: '通知' })
    assert.property(idle.flashMessage('inputErrorsBag'), 'kind')
    await edit('2027-02-13', { kind: 'workday', name: '春节', reason: '国办通知' })
    await edit('2027-02-13', { kind: 'plain', reason: '过期的页面' })
    assert.isTrue(isWorkday(await loadCalendar(), '2027-02-13'))
    await edit('2027-02-13', { kind: 'plain', reason: '改回', version: 1 })
    assert.isFalse(isWorkday(await loadCalendar(), '2027-02-13'))
    const events = await db.from('audit_events').where('action', 'calendar.day.edited')
    assert.lengthOf(events, 2)
    assert.include(events[0].changes, '国办通知')
  })

  test('a year is confirmed with its notice', async ({ client, assert }) => {
    await seedCalendar()
    const admin = await givenUser({ role: 'system_admin' })
    await client
      .post('/calendar/2027/confirmation')
      .loginAs(admin)
      .withCsrfToken()
      .redirects(0)
      .form({ version: 1, source: '国办发明电〔2026〕8号' })
    const row = await db.from('calendar_years').where('year', 2027).first()
    assert.deepEqual([row.confirmed, row.source], [1, '国办发明电〔2026〕8号'])
  })

  test('everybody signed in reads it, in both languages; a stranger corrects nothing', async ({
    client,
    assert,
  }) => {
    await seedCalendar()
    const stranger = await givenUser({ role: 'staff' })
    for (const locale of ['zh-CN', 'en']) {
      const page = await client
        .get('/calendar/2026')
        .loginAs(stranger)
        .withPlainCookie('locale', locale)
      page.assertStatus(200)
      assert.notMatch(page.text(), /translation missing|@(if|else|end|each)\b/)
      assert.notInclude(page.text(), '/edit"')
    }
    const before = [await rowsOf('calendar_days'), await rowsOf('calendar_years')]
    const form = { kind: 'plain', reason: '无', version: 1, source: '无' }
    for (const url of ['/calendar/days/2026-02-17', '/calendar/2027/confirmation']) {
      const response = await client
        .post(url)
        .loginAs(stranger)
        .withCsrfToken()
        .redirects(0)
        .form(form)
      assert.equal(response.status(), 403, url)
    }
    const open = await client.get('/calendar/days/2026-02-17/edit').loginAs(stranger)
    open.assertStatus(403)
    assert.deepEqual([await rowsOf('calendar_days'), await rowsOf('calendar_years')], before)
    const admin = await givenUser({ role: 'system_admin' })
    const edit = await client.get('/calendar/days/2026-02-17/edit').loginAs(admin)
    edit.assertStatus(200)
    const unknown = await client.get('/calendar/1999').loginAs(admin)
    unknown.assertStatus(404)
  })
})
