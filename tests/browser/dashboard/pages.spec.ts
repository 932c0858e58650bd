import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, signIn, visit } from '../support/browser.js'

const WIDTHS = [360, 768, 1440]

test.group('Pages of the shell', (group) => {
  group.each.setup(() => emptyDatabase())
  group.teardown(() => closeBrowser())

  test('home and style guide have no serious finding in {locale}, {theme}')
    .with([
      { locale: 'zh-CN', theme: 'light' },
      { locale: 'en', theme: 'dark' },
    ] as const)
    .run(async ({ assert }, options) => {
      const user = await givenUser({ role: 'hr_officer', row: { locale: options.locale } })
      const page = await openPage(options)
      await signIn(page, user.username)
      for (const path of ['/', '/inbox', '/styleguide']) {
        assert.equal(await visit(page, path), 200)
        assert.deepEqual(await seriousFindings(page), [], path)
      }
      await page.context().close()
    })

  test('nothing is wider than a window of {$self} pixels')
    .with(WIDTHS)
    .run(async ({ assert }, width) => {
      const user = await givenUser({ role: 'hr_officer' })
      const page = await openPage({ width })
      await signIn(page, user.username)
      for (const path of ['/', '/inbox', '/search?q=x', '/styleguide']) {
        await visit(page, path)
        assert.equal(await overflow(page), 0, path)
      }
      await page.context().close()
    })

  test('the sign-in page has no serious finding on a phone', async ({ assert }) => {
    const page = await openPage({ width: 360, height: 740 })
    await visit(page, '/accounts/sign-in')
    assert.deepEqual(await seriousFindings(page), [])
    assert.equal(await overflow(page), 0)
    await page.context().close()
  })

  test('what is wrong is found: {theme}')
    .with([
      { theme: 'light', wrong: ['image-alt', 'color-contrast'] },
      { theme: 'dark', wrong: ['color-contrast'] },
    ] as const)
    .run(async ({ assert }, { theme, wrong }) => {
      const page = await openPage({ theme })
      await page.setContent('<p style="color: #777; background: #666">pale</p><img src="data:,">')
      const found = (await seriousFindings(page)).join()
      for (const rule of wrong) assert.include(found, rule)
      await page.context().close()
    })
})
