import { mkdirSync } from 'node:fs'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { givenPeople } from '#tests/functional/people/given_people'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, settle, signIn, visit } from '../support/browser.js'

test.group('Pages of people', (group) => {
  group.each.setup(() => emptyDatabase())
  group.teardown(() => closeBrowser())

  test('nothing serious, nothing wider than the window: {width} px, {locale}, {theme}')
    .with([
      { width: 360, height: 740, locale: 'zh-CN', theme: 'light' },
      { width: 1440, height: 900, locale: 'en', theme: 'dark' },
    ] as const)
    .run(async ({ assert }, options) => {
      const ids = await givenPeople()
      const [assignment] = await db.from('assignments').where({ person_id: ids.person, live: 1 })
      const officer = await givenUser({ role: 'hr_officer', row: { locale: options.locale } })
      const head = await givenUser({ role: 'hr_head', row: { locale: options.locale } })
      const form = (kind: string) => `/people/events/create?kind=${kind}&person=${ids.person}`
      const desks = [
        {
          user: officer,
          paths: [
            '/people/persons',
            '/people/persons?flag=near_retirement',
            '/people/persons?q=nobody',
            '/people/persons/create',
            `/people/persons/${ids.person}`,
            `/people/persons/${ids.person}?tab=versions`,
            `/people/persons/${ids.mover}?tab=events`,
            `/people/persons/${ids.objector}`,
            `/people/persons/${ids.person}/edit`,
            `/people/assignments/${assignment.id}/edit`,
            '/people/events',
            `/people/events/${ids.draftId}`,
            `/people/events/${ids.draftId}/edit`,
            '/people/events/create',
            form('retire'),
            form('secondment'),
            `/people/events/create?kind=hire&person=${ids.twins[2]}`,
            '/people/changes',
          ],
        },
        {
          user: head,
          paths: [
            `/people/events/${ids.eventId}`,
            '/people/merges',
            '/people/merges/create',
            `/people/merges/create?kept=${ids.twins[0]}&merged=${ids.twins[2]}`,
          ],
        },
        { user: ids.self, paths: [`/people/persons/${ids.objector}`] },
      ]
      for (const { user, paths } of desks) {
        const page = await openPage(options)
        await signIn(page, user.username)
        for (const path of paths) {
          assert.equal(await visit(page, path), 200, path)
          assert.deepEqual(await seriousFindings(page), [], path)
          assert.equal(await overflow(page), 0, path)
          if (process.env.SHOTS) {
            mkdirSync(process.env.SHOTS, { recursive: true })
            const name = `${options.width}${path.replace(/[^a-z0-9]+/gi, '-')}-${user.id}.png`
            await page.screenshot({ path: `${process.env.SHOTS}/${name}`, fullPage: true })
          }
        }
        await page.context().close()
      }
    })

  test('somebody finds a person, opens a number for a reason and corrects the record', async ({
    assert,
  }) => {
    const ids = await givenPeople()
    const officer = await givenUser({ role: 'hr_officer' })
    const page = await openPage({ width: 1440, height: 900, locale: 'zh-CN', theme: 'light' })
    await signIn(page, officer.username)
    await visit(page, '/people/persons')
    await page.getByLabel('搜索', { exact: true }).first().fill('oyx')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=oyx/)
    await page.getByRole('link', { name: '欧阳翔' }).click()
    await page.getByRole('heading', { level: 1, name: '欧阳翔' }).waitFor()
    await page.getByLabel('事由').fill('办理社会保险')
    await page.getByRole('button', { name: '查看' }).click()
    await page.getByText('11010519491231002X').waitFor()
    await page.getByRole('link', { name: '返回', exact: true }).click()
    await page.waitForURL(/persons\/\d+$/)
    await settle(page)
    assert.notInclude(await page.content(), '11010519491231002X')

    await page.getByRole('link', { name: '更正' }).first().click()
    await page.getByLabel('学历').selectOption('undergraduate')
    await page.getByLabel('理由').fill('核对毕业证')
    await page.getByRole('button', { name: '保存更正' }).click()
    await page.getByText('更正已保存').waitFor()
    const [row] = await db.from('persons').where('id', ids.person)
    assert.equal(row.education, 'undergraduate')
    await page.context().close()
  })
})
