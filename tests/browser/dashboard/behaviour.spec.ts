import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { searchPort } from '#shared/ports/search'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import {
  closeBrowser,
  expectQuiet,
  openPage,
  signIn,
  visit,
  type PageOptions,
} from '../support/browser.js'

searchPort.register(async (_actor, text) =>
  text === '赵' ? [{ kind: 'person', title: '赵钱孙', detail: '融媒体中心', url: '/inbox' }] : []
)

async function signedIn(options: PageOptions = {}): Promise<Page> {
  const user = await givenUser({ role: 'hr_officer' })
  const page = await openPage(options)
  await signIn(page, user.username)
  return page
}

/** Classes of the element that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.className')
}

test.group('Behaviour of the shell', (group) => {
  group.each.setup(() => emptyDatabase())
  group.teardown(() => closeBrowser())

  test('the menu of a phone opens, takes the focus, closes by Escape', async ({ assert }) => {
    const page = await signedIn({ width: 360 })
    const menu = page.locator('#menu')
    assert.isFalse(await menu.isVisible())
    await page.locator('.menu-button').click()
    assert.isTrue(await menu.isVisible())
    assert.include(await focused(page), 'brand')
    await page.keyboard.press('Escape')
    await menu.waitFor({ state: 'hidden' })
    expectQuiet(page)
    await page.context().close()
  })

  test('on a phone the first filter is shown, the others on demand and counted', async ({
    assert,
  }) => {
    const page = await signedIn({ width: 360 })
    await visit(page, '/people/persons')
    const others = page.locator('.filters .field:visible')
    const toggle = page.locator('.filters-toggle')
    assert.equal(await others.count(), 1)
    assert.isFalse(await toggle.locator('.tab-count').isVisible())
    await toggle.click()
    assert.equal(await toggle.getAttribute('aria-expanded'), 'true')
    assert.isAbove(await others.count(), 5)
    await Promise.all([
      page.waitForURL('**/people/persons?*nature=technical*'),
      page.selectOption('.filters select[name=nature]', 'technical'),
    ])
    await page.locator('.filters-toggle .tab-count:visible').waitFor()
    assert.equal(await others.count(), 1)
    expectQuiet(page)
    await page.context().close()

    const desk = await signedIn()
    await visit(desk, '/people/persons')
    assert.isFalse(await desk.locator('.filters-toggle').isVisible())
    assert.isAbove(await desk.locator('.filters .field:visible').count(), 5)
    await desk.context().close()
  })

  test('light and dark are remembered; the language too', async ({ assert }) => {
    const page = await signedIn()
    await page.locator('.theme-toggle').click()
    await page.reload()
    assert.equal(await page.locator('html').getAttribute('data-bs-theme'), 'dark')
    await page.locator('.topbar .language button').click()
    await page.waitForSelector('html[lang=en]')
    await visit(page, '/inbox')
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    assert.include(await page.locator('h1').innerText(), 'Waiting for you')
    await page.context().close()
  })

  test('the number of waiting items stands in the menu', async ({ assert }) => {
    const page = await signedIn()
    await page.waitForSelector('.inbox-count')
    assert.include(await page.locator('.inbox-count').innerText(), '4')
    await page.context().close()
  })

  test('a refused form keeps what was typed and leads to its errors', async ({ assert }) => {
    const page = await signedIn()
    await visit(page, '/styleguide')
    await page.fill('#field-name', '王')
    await page.fill('#field-reason', '一段已经写好的理由')
    await page.locator('.form button[type=submit]').click()
    const summary = page.locator('.form .alert-danger')
    await summary.waitFor()
    assert.include(await focused(page), 'alert-danger')
    assert.include(await summary.innerText(), '姓名至少 2 个字')
    assert.equal(await page.inputValue('#field-name'), '王')
    assert.equal(await page.inputValue('#field-reason'), '一段已经写好的理由')
    assert.equal(await page.getAttribute('#field-name', 'aria-invalid'), 'true')

    await page.fill('#field-name', '王小明')
    await page.selectOption('#field-nature', 'technical')
    await page.locator('.form button[type=submit]').click()
    await page.waitForSelector('.flash .alert-ok')
    assert.include(await page.locator('.flash').innerText(), '王小明')
    expectQuiet(page)
    await page.context().close()
  })

  test('the picker finds by typing and keeps the choice of a refused form', async ({ assert }) => {
    const page = await signedIn()
    await visit(page, '/styleguide')
    await page.locator('#field-person_id-ts-control').pressSequentially('张小')
    await page.locator('.ts-dropdown .option', { hasText: '张小红' }).click()
    assert.equal(await page.locator('select[name=person_id]').inputValue(), '2')
    await page.locator('.form button[type=submit]').click()
    await page.locator('.form .alert-danger').waitFor()
    assert.include(await page.locator('.combo .item').innerText(), '张小红')
    assert.equal(await page.locator('select[name=person_id]').inputValue(), '2')
    expectQuiet(page)
    await page.context().close()
  })

  test('a picker that may have more than it shows says so', async ({ assert }) => {
    const page = await signedIn()
    const answer = (length: number) =>
      Array.from({ length }, (_, index) => ({ value: index + 1, text: `第${index + 1}人` }))
    await page.route('**/styleguide/people*', (route) =>
      route.fulfill({ json: answer(route.request().url().includes('q=w') ? 20 : 3) })
    )
    await visit(page, '/styleguide')
    const field = page.locator('#field-person_id-ts-control')
    await field.pressSequentially('w')
    const note = page.locator('.ts-dropdown', { hasText: '第20人' }).locator('.no-results')
    await note.waitFor()
    assert.equal(await note.innerText(), '只列前 20 项，请输入更多文字')
    await field.fill('张')
    await page.locator('.ts-dropdown .option', { hasText: '第3人' }).waitFor()
    await page.locator('.ts-dropdown .option', { hasText: '第20人' }).waitFor({ state: 'detached' })
    assert.equal(await page.locator('.ts-dropdown .no-results:visible').count(), 0)
    expectQuiet(page)
    await page.context().close()
  })

  test('a move that asks shows what will happen and can be left', async ({ assert }) => {
    const page = await signedIn()
    await visit(page, '/styleguide')
    const dialog = page.locator('#move--styleguide')
    await page.locator('button[popovertarget=move--styleguide]').first().click()
    assert.include(await dialog.innerText(), '共 12 行')
    await dialog.locator('button[popovertargetaction=hide]').click()
    assert.isFalse(await dialog.isVisible())
    await page.context().close()
  })

  test('leaving typed text is asked about first', async ({ assert }) => {
    const page = await signedIn()
    await visit(page, '/styleguide')
    await page.fill('#field-reason', '未保存')
    await page.locator('#field-reason').blur()
    await page.locator('.sidebar a[href="/inbox"]').click()
    const dialog = page.locator('#confirm-dialog')
    await dialog.waitFor()
    await dialog.locator('button[value=cancel]').click()
    assert.match(page.url(), /styleguide/)
    await page.locator('.sidebar a[href="/inbox"]').click()
    await dialog.locator('button[value=confirm]').click()
    await page.waitForURL('**/inbox')
    await page.context().close()
  })

  test('an editable table is walked by keyboard', async ({ assert }) => {
    const page = await signedIn()
    await visit(page, '/styleguide')
    const cells = page.locator('[data-controller~=grid] td.num input')
    await cells.nth(0).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('7')
    assert.equal(await cells.nth(1).inputValue(), '7')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.type('右')
    const remark = page.locator('[data-controller~=grid] tr').nth(1).locator('td:last-child input')
    assert.equal(await remark.inputValue(), '右')
    await page.context().close()
  })

  test('rows are selected one by one, as a range and all', async ({ assert }) => {
    const page = await signedIn()
    await visit(page, '/styleguide')
    const grid = page.locator('[data-controller~=bulk]')
    const count = grid.locator('[data-bulk-target=count]')
    assert.isTrue(await grid.locator('[data-bulk-target=needs]').isDisabled())
    await grid.locator('[data-bulk-target=box]').nth(0).click()
    await grid
      .locator('[data-bulk-target=box]')
      .nth(2)
      .click({ modifiers: ['Shift'] })
    assert.equal(await count.innerText(), '3')
    await grid.locator('[data-bulk-target=all]').click()
    assert.equal(await count.innerText(), '0')
    await page.context().close()
  })

  test('the search box suggests, and opens what is chosen by keyboard', async ({ assert }) => {
    const page = await signedIn()
    await page.locator('#search-input').pressSequentially('赵')
    await page.locator('.suggestion').waitFor()
    assert.include(await page.locator('.suggestions').innerText(), '赵钱孙')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/inbox')
    expectQuiet(page)
    await page.context().close()
  })

  test('the bar of a running job follows it', async ({ assert }) => {
    const page = await signedIn()
    await visit(page, '/styleguide')
    await page.route('**/styleguide', async (route) => {
      const answer = await route.fetch()
      const html = await answer.text()
      await route.fulfill({
        response: answer,
        body: html.replace('3,200 / 20,000', '9,999 / 20,000'),
      })
    })
    await page.locator('#job-1', { hasText: '9,999 / 20,000' }).waitFor()
    assert.equal(await page.locator('#job-1 progress').getAttribute('max'), '100')
    await page.context().close()
  })

  test('without JavaScript one signs in, reads, opens the menu and sends forms', async ({
    assert,
  }) => {
    const page = await signedIn({ width: 360, javaScript: false })
    assert.include(await page.locator('h1').innerText(), '您好')
    await page.locator('.menu-button').click()
    await page.locator('#menu a[href="/inbox"]').click()
    assert.include(await page.locator('h1').innerText(), '需要您处理')
    await visit(page, '/styleguide')
    await page.fill('#field-name', '王')
    await page.locator('.form button[type=submit]').click()
    assert.include(await page.locator('.form .alert-danger').innerText(), '姓名至少 2 个字')
    await page.context().close()
  })
})
