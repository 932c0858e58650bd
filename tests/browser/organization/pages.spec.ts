import { test } from '@japa/runner'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { FORMS, givenOrganisation, READ } from '#tests/functional/organization/given_organisation'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, signIn, visit } from '../support/browser.js'

const OTHERS = ['/decisions', '/decisions/documents', '/decisions/documents/create', '/calendar']

test.group('Pages of organization, decisions and calendar', (group) => {
  group.each.setup(() => emptyDatabase())
  group.teardown(() => closeBrowser())

  test('nothing serious, nothing wider than the window: {width} px, {locale}, {theme}')
    .with([
      { width: 360, height: 740, locale: 'zh-CN', theme: 'light' },
      { width: 1440, height: 900, locale: 'en', theme: 'dark' },
    ] as const)
    .run(async ({ assert }, options) => {
      await seedCalendar()
      const ids = await givenOrganisation()
      const user = await givenUser({ role: 'hr_officer', row: { locale: options.locale } })
      const page = await openPage(options)
      await signIn(page, user.username)
      const pages = [...READ(ids), ...FORMS(ids), ...OTHERS]
      for (const path of pages.filter((one) => !one.includes('/pick'))) {
        assert.equal(await visit(page, path), 200, path)
        assert.deepEqual(await seriousFindings(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
      await page.context().close()
    })
})
