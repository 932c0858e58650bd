import { test } from '@japa/runner'
import type { Page } from 'playwright'
import db from '@adonisjs/lucid/services/db'
import { advanceRound } from '#selection/actions/advance'
import { askException } from '#selection/actions/exceptions'
import { fileObjection, rejectObjection } from '#selection/actions/objections'
import { publishResult } from '#selection/actions/publish'
import { arrangementsOf } from '#selection/queries/arrangements'
import { ownChoice } from '#selection/queries/choices'
import { participantById } from '#selection/queries/participants'
import { listsOf, postsOf } from '#selection/queries/posts'
import { roundById } from '#selection/queries/rounds'
import { buildActor } from '#accounts/queries/build_actor'
import User from '#accounts/models/user'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument } from '#tests/support/givens'
import { seriousFindings } from '../support/accessibility.js'
import { closeBrowser, openPage, overflow, settle, signIn, visit } from '../support/browser.js'
import {
  choose,
  givenSealedRound,
  scoreAll,
  version,
  type SealedRound,
} from '../../functional/selection/givens.js'

test.group('Selection in the browser', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
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
      const round = await inConfirmation()
      const { roundId } = round
      const [list] = await listsOf(roundId)
      const [arrangement] = await arrangementsOf({ roundId })
      const objection = await db.from('selection_objections').firstOrFail()
      const { matchingId } = await roundById(roundId)
      const draft = await db
        .from('selection_rounds')
        .where('state', 'preparation')
        .orderBy('id')
        .firstOrFail()
      const [other] = await listsOf(Number(draft.id))
      const tabs = ['overview', 'posts', 'people', 'rankings', 'result', 'objections']
      const walk = async (id: number, paths: string[]) => {
        const user = await User.findOrFail(id)
        user.locale = options.locale
        await user.save()
        const page = await openPage(options)
        await signIn(page, user.username)
        for (const path of paths) {
          assert.equal(await visit(page, path), 200, path)
          if (options.width > 360) assert.deepEqual(await seriousFindings(page), [], path)
          assert.equal(await overflow(page), 0, path)
        }
        await page.context().close()
      }
      await walk(round.officer.userId!, [
        '/selection/rounds',
        '/selection/rounds/create',
        ...[...tabs, 'exceptions', 'arrangements'].map(
          (tab) => `/selection/rounds/${roundId}?tab=${tab}`
        ),
        `/selection/rounds/${draft.id}?tab=posts`,
        `/selection/rounds/${draft.id}?tab=people`,
        `/selection/rounds/${draft.id}/edit`,
        `/selection/rounds/${draft.id}/posts/create`,
        `/selection/lists/${other.id}/scorers`,
        `/selection/people/${round.staff[0].place.id}`,
        `/selection/people/${round.staff[0].place.id}/exception?post=`,
        `/selection/people/${round.staff[0].place.id}/paper`,
        `/selection/arrangements/${arrangement.id}`,
        `/selection/matchings/${matchingId}`,
        `/selection/notices/${roundId}`,
        `/selection/objections/${objection.id}`,
        '/selection/contracts',
      ])
      await walk(round.scorers[0].id, ['/selection/rankings', `/selection/rankings/${list.id}`])
      await walk(round.staff[0].user.id, [
        `/selection/mine/${roundId}`,
        `/selection/objections/${roundId}/create`,
      ])
    })
    .timeout(300_000)

  test('posts are ordered by keyboard on the phone, saved, and saved again without JavaScript', async ({
    assert,
  }) => {
    const round = await givenSealedRound()
    clock.freeze('2022-02-21')
    await advanceRound(round.roundId)
    const { user, place } = round.staff[0]
    const page = await openPage({ width: 360 })
    await signIn(page, user.username)
    await visit(page, `/selection/mine/${round.roundId}`)
    for (const code of ['C01', 'C02', 'C03']) {
      await page.locator(`[data-act="add-${code}"]`).press('Enter')
    }
    await page.locator('[data-act="up-C03"]').press('Enter')
    assert.equal(await page.evaluate('document.activeElement.dataset.act'), 'up-C03')
    await page.locator('[data-act="up-C03"]').press('Enter')
    await page.locator('[data-act="remove-C01"]').press('Enter')
    await page.getByRole('button', { name: '提交志愿' }).press('Enter')
    await settle(page)
    // neither answer on placement is filled in: nothing is saved without one, and nothing is lost
    assert.isNull(await ownChoice(await participantById(place.id)))
    assert.deepEqual(await listed(page), ['C03', 'C02'])
    await page.locator('input[name=accepts_placement][value=yes]').press('Space')
    await page.getByRole('button', { name: '提交志愿' }).press('Enter')
    await settle(page)
    const own = await ownChoice(await participantById(place.id))
    assert.deepEqual(own!.choice.posts, ['C03', 'C02'])
    assert.include(await page.locator('main').innerText(), own!.hash)

    const rows = page.locator('.choice-list > li')
    await rows.nth(1).dragTo(rows.nth(0))
    await page.getByRole('button', { name: '重新提交' }).click()
    await settle(page)
    const dragged = await ownChoice(await participantById(place.id))
    assert.deepEqual(dragged!.choice.posts, ['C02', 'C03'])
    assert.equal(dragged!.revision, 2)
    await page.context().close()

    const plain = await openPage({ width: 360, javaScript: false })
    await signIn(plain, user.username)
    await visit(plain, `/selection/mine/${round.roundId}`)
    await plain.locator('select[name="choices[0]"]').selectOption('C01')
    await plain.locator('select[name="choices[1]"]').selectOption('')
    await plain.getByRole('button', { name: '重新提交' }).click()
    await plain.waitForLoadState()
    const last = await ownChoice(await participantById(place.id))
    assert.deepEqual(last!.choice.posts, ['C01'])
    await plain.context().close()
  }).timeout(120_000)
})

/** The posts of the own list, in the order that the page shows. */
async function listed(page: Page): Promise<string[]> {
  const rows = await page.locator('.choice-list > li').allInnerTexts()
  return rows.map((text) => text.slice(0, 3))
}

/** A round in confirmation with everything that its pages show, and one that is being prepared. */
async function inConfirmation(): Promise<SealedRound> {
  const round = await givenSealedRound(8)
  const { roundId, staff, officer, head } = round
  clock.freeze('2022-02-21')
  await advanceRound(roundId)
  for (const [index, one] of staff.entries()) {
    await choose(one, index % 2 ? ['C01', 'C02', 'C03'] : ['C02', 'C01', 'C03'])
  }
  clock.freeze('2022-02-26')
  await advanceRound(roundId)
  await scoreAll(round)
  clock.freeze('2022-03-05')
  await advanceRound(roundId)
  clock.freeze('2022-03-07')
  await publishResult({ roundId, version: await version(roundId) }, head)
  const objectionId = await fileObjection(
    { participantId: staff[1].place.id, listId: null, body: '程序问题', evidence: null },
    await buildActor(staff[1].user.id)
  )
  const answer = { objectionId, version: 1, answer: '核对无误', documentId: null }
  await rejectObjection(answer, head)
  clock.freeze('2022-03-15')
  await advanceRound(roundId)
  const [post] = await postsOf(roundId)
  await askException(
    {
      participantId: staff[2].place.id,
      postId: post.id,
      reason: '工作需要',
      documentId: await givenDocument(),
    },
    officer
  )
  await givenSealedRound(2, {
    preferencesFrom: '2022-04-11',
    preferencesUntil: '2022-04-15',
    rankingUntil: '2022-04-22',
  })
  return round
}
