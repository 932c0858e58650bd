import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, signIn, visit } from '../support/browser.js'
import { givenFreeze } from '../../functional/discipline/givens.js'
import { givenReform, TODAY } from '../../functional/dashboard/givens.js'

test.group('Cockpit and landings in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })
  group.teardown(() => closeBrowser())

  test('they stand in their window, without a serious finding: {locale}, {theme}, {width} pixels')
    .with([
      { locale: 'zh-CN', theme: 'light', width: 360 },
      { locale: 'en', theme: 'dark', width: 1440 },
      { locale: 'zh-CN', theme: 'light', width: 1920 },
    ] as const)
    .run(async ({ assert }, options) => {
      const { city } = await givenReform()
      await givenFreeze(undefined, { to: '2022-05-01' })
      const look = async (role: Parameters<typeof givenUser>[0], paths: string[]) => {
        const user = await givenUser({ ...role, row: { locale: options.locale } })
        const page = await openPage(options)
        await signIn(page, user.username)
        for (const path of paths) {
          assert.equal(await visit(page, path), 200, path)
          assert.deepEqual(await seriousFindings(page), [], path)
          assert.equal(await overflow(page), 0, path)
        }
        await page.context().close()
      }
      await look({ role: 'leadership' }, ['/', '/cockpit?wall=1', `/units/${city.finance}`])
      await look({ role: 'liaison', unitId: city.finance }, ['/'])
      await look({ role: 'discipline_inspector' }, ['/'])
    })
    .timeout(300_000)
})
