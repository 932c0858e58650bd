import { test } from '@japa/runner'
import { buildActor } from '#accounts/queries/build_actor'
import { advanceRound } from '#selection/actions/advance'
import { signPlace } from '#selection/actions/answers'
import { askException, decideException } from '#selection/actions/exceptions'
import { runPlacement } from '#selection/actions/place_elsewhere'
import { checkMatching } from '#selection/domain/matching/check'
import { readMarket } from '#selection/domain/matching/read_market'
import { participantById } from '#selection/queries/participants'
import { postsOf } from '#selection/queries/posts'
import { matchingById } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import { choose, givenFreePlaces, givenSealedRound, version } from './givens.js'

test.group('Selection: what anybody may hold against the result', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  test('the list and the seed are told when preferences are closed, before there is a result', async ({
    assert,
    client,
  }) => {
    const { roundId, staff } = await givenSealedRound()
    const viewer = await givenUser({ role: 'leadership' })
    const pages = async () => [
      (await client.get(`/selection/rounds/${roundId}`).loginAs(viewer)).text(),
      (await client.get(`/selection/mine/${roundId}`).loginAs(staff[0].user)).text(),
    ]
    clock.freeze('2022-02-21')
    await advanceRound(roundId)
    await choose(staff[0], ['C01'])
    for (const text of await pages()) assert.notInclude(text, '名单校验值')
    clock.freeze('2022-02-26')
    await advanceRound(roundId)
    const { state, listHash, seed } = await roundById(roundId)
    assert.equal(state, 'ranking')
    for (const text of await pages()) {
      assert.include(text, listHash!)
      assert.include(text, seed!)
    }
  })

  test('beside a placement, and after a hand change, the verification file is still offered', async ({
    assert,
    client,
  }) => {
    const { roundId, head, officer, staff } = await givenFreePlaces([5, 6])
    for (const { place, user } of staff.slice(0, 2)) {
      const { version: at } = await participantById(place.id)
      const input = { participantId: place.id, version: at, note: null }
      await signPlace(input, await buildActor(user.id))
    }
    const inspector = await givenUser({ role: 'auditor' })
    const offered = async () => {
      const pages = [
        await client.get(`/selection/rounds/${roundId}?tab=result`).loginAs(inspector),
        await client.get(`/selection/mine/${roundId}`).loginAs(staff[7].user),
      ]
      return pages.map((page) => Number(/matchings\/(\d+)\/verification/.exec(page.text())?.[1]))
    }
    const repeats = async (matchingId: number) => {
      const url = `/selection/matchings/${matchingId}/verification`
      const file = await client.get(url).loginAs(inspector)
      file.assertStatus(200)
      const { instance, check } = JSON.parse(file.text())
      assert.isNotEmpty(Object.keys(check))
      return checkMatching(readMarket(JSON.stringify(instance)), check).stable
    }
    const first = (await roundById(roundId)).matchingId!
    assert.deepEqual(await offered(), [first, first])
    await runPlacement({ roundId, version: await version(roundId) }, head)
    const placement = (await roundById(roundId)).matchingId!
    assert.equal((await matchingById(placement)).kind, 'placement')
    assert.deepEqual(await offered(), [first, first])
    assert.isTrue(await repeats(first))

    const documentId = await givenDocument()
    const except = async (postId: number | null) => {
      const input = { participantId: staff[2].place.id, postId, reason: '工作需要', documentId }
      const id = await askException(input, officer)
      await decideException({ id, version: 1, verb: 'approve' }, head)
    }
    const [, , full] = await postsOf(roundId)
    await assert.rejects(() => except(full.id), 'selection.errors.no_free_place')
    await except(null)
    const changed = (await roundById(roundId)).matchingId!
    assert.equal((await matchingById(changed)).kind, 'exception')
    assert.deepEqual(await offered(), [changed, changed])
    assert.isTrue(await repeats(changed))
  })
})
