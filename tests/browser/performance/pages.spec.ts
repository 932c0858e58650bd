import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { moveCycle } from '#performance/actions/move_cycle'
import { bookPoints } from '#performance/actions/book_points'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser, rowsOf } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, signIn, visit } from '../support/browser.js'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenScheme,
  givenTeam,
  system,
  TODAY,
  versionOf,
} from '../../functional/performance/givens.js'

/** A quarter in scoring with a manager who has not begun. */
async function givenScoring() {
  const team = await givenTeam(6)
  const library = await givenLibrary()
  const schemeId = await givenScheme(library, team.unitId)
  const manager = await givenUser({
    role: 'department_manager',
    departmentId: team.departmentId,
  })
  const cycleId = await givenCycle(team.unitId)
  const version = await versionOf(cycleId)
  await moveCycle({ cycleId, version, verb: 'open_scoring' }, system)
  await bookPoints(
    {
      key: 'k1',
      personId: team.personIds[0],
      kind: '稿件',
      piece: '头条',
      points: '6.5',
      workedOn: '2022-07-01',
    },
    system
  )
  return { ...team, library, schemeId, manager, cycleId, cards: await cardsOf(cycleId) }
}

test.group('Performance in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })
  group.teardown(() => closeBrowser())

  test(
    'every page stands in its window, without a serious finding: {locale}, {theme}, {width} pixels'
  )
    .with([
      { locale: 'zh-CN', theme: 'light', width: 1440 },
      { locale: 'en', theme: 'dark', width: 768 },
      { locale: 'zh-CN', theme: 'light', width: 360 },
    ] as const)
    .run(async ({ assert }, options) => {
      const { cycleId, cards, library, schemeId, postId, manager } = await givenScoring()
      const user = await givenUser({ role: 'hr_officer', row: { locale: options.locale } })
      const page = await openPage(options)
      await signIn(page, user.username)
      const tabs = ['overview', 'cards', 'scorers', 'spread', 'decision', 'proposals']
      const paths = [
        '/performance',
        '/performance/cycles/create',
        ...tabs.map((tab) => `/performance/cycles/${cycleId}?tab=${tab}`),
        `/performance/cards/${cards[0].id}`,
        '/performance/appeals',
        '/performance/indicators',
        '/performance/indicators/create',
        `/performance/indicators/${library.quantity}`,
        '/performance/schemes',
        `/performance/schemes/create?from=${schemeId}`,
        `/performance/schemes/${schemeId}`,
        '/performance/points',
        '/performance/points/create',
        '/performance/post-values',
        `/performance/post-values/${postId}`,
      ]
      for (const path of paths) {
        assert.equal(await visit(page, path), 200, path)
        if (options.width > 360) assert.deepEqual(await seriousFindings(page), [], path)
        assert.equal(await overflow(page), 0, path)
      }
      // the grid of who scores, on a tablet too, with a place for a comment
      const [last] = cards.slice(-1)
      await db.from('scorecards').where('id', last.id).update({ outlook: 'comment_only' })
      const desk = await openPage(options)
      await signIn(desk, manager.username)
      const scoring = `/performance/cycles/${cycleId}/scoring`
      assert.equal(await visit(desk, scoring), 200)
      const comment = `form[action="/performance/cards/${last.id}/comment"] textarea`
      assert.isTrue(await desk.locator(comment).isVisible())
      if (options.width > 360) assert.deepEqual(await seriousFindings(desk), [], scoring)
      assert.equal(await overflow(desk), 0, scoring)
      for (const one of [page, desk]) await one.context().close()
    })
    .timeout(300_000)

  test('a manager scores with the keyboard alone; every cell saves by itself', async ({
    assert,
  }) => {
    const { cycleId, manager, library, cards } = await givenScoring()
    const page = await openPage({ width: 1024 })
    await signIn(page, manager.username)
    assert.equal(await visit(page, `/performance/cycles/${cycleId}/scoring`), 200)
    assert.deepEqual(await seriousFindings(page), [])
    assert.equal(await overflow(page), 0)
    const cell = (card: number, indicator: number) => `scores[c${card}][i${indicator}]`
    await page.locator(`input[name="${cell(cards[0].id, library.quantity)}"]`).focus()
    await page.keyboard.type('88')
    await page.keyboard.press('Tab')
    await page.keyboard.type('92.5')
    await page.keyboard.press('Enter')
    await page.getByText('已保存').first().waitFor()
    await page.waitForFunction(
      "document.querySelector('[data-scoring-target=done]').textContent === '1'"
    )
    // nobody was scored when the page came: the picture appears with the first
    await page.locator('[data-scoring-target=picture] svg').waitFor()
    const [scoring] = await rowsOf('scorings')
    assert.deepEqual(JSON.parse(scoring.scores), {
      [library.quantity]: '88',
      [library.quality]: '92.5',
    })
    // Enter went on to the second person; the next one who is missing is one press away.
    await page.getByRole('button', { name: '下一个未评' }).click()
    const focused = await page.evaluate('document.activeElement.name')
    assert.equal(focused, cell(cards[2].id, library.quantity))
    // What is refused is said at its row and stays typed.
    const wrong = page.locator(`input[name="${cell(cards[1].id, library.quantity)}"]`)
    await wrong.focus()
    await page.keyboard.type('900')
    await page.keyboard.press('Tab')
    await page.getByText('应为 0 至 200 的数').waitFor()
    assert.equal(await wrong.inputValue(), '900')
    assert.lengthOf(await rowsOf('scorings'), 1)
    await page.context().close()
  }).timeout(120_000)
})
