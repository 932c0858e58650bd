import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import User from '#accounts/models/user'
import { advanceRound } from '#selection/actions/advance'
import { approveRound } from '#selection/actions/approve_round'
import { listsOf, postsOf } from '#selection/queries/posts'
import { matchingById, resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenPost } from '../transfers/givens.js'
import { choose, givenOffice, givenRound, givenSealedRound, scoreAll, version } from './givens.js'

test.group('Selection: a round is entered on the page', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  const send = (client: ApiClient, user: User, url: string, form: Record<string, unknown>) =>
    client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)

  test('the keys that part equal scores stand in the order that was chosen', async ({
    assert,
    client,
  }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    const form = {
      name: '第一轮',
      unit_id: await givenUnit(),
      document_id: await givenDocument(),
      preferences_from: '2022-02-21',
      preferences_until: '2022-02-25',
      ranking_until: '2022-03-04',
      publicity_days: 5,
      objection_days: 5,
      confirmation_days: 5,
      max_preferences: 5,
    }
    const first = { 'tie_keys[0]': 'work_started_on', 'tie_keys[1]': 'hired_on' }
    await send(client, officer, '/selection/rounds', { ...form, ...first })
    const [{ id }] = await rowsOf('selection_rounds')
    const keys = async () => (await roundById(Number(id))).tieKeys
    assert.deepEqual(await keys(), ['work_started_on', 'hired_on'])
    const page = await client.get(`/selection/rounds/${id}/edit`).loginAs(officer)
    const [, ...selects] = page.text().split(/<select[^>]*name="tie_keys\[\d\]"/)
    assert.deepEqual(
      selects.map((text) => /value="(\w+)" selected/.exec(text)?.[1]),
      ['work_started_on', 'hired_on']
    )
    const shown = await client.get(`/selection/rounds/${id}`).loginAs(officer)
    assert.match(shown.text(), /参加工作早者先 → 入职早者先/)

    const second = { 'tie_keys[0]': '', 'tie_keys[1]': 'hired_on' }
    await send(client, officer, `/selection/rounds/${id}`, { ...form, ...second, version: 1 })
    assert.deepEqual(await keys(), ['hired_on'])
  })

  test('units, posts and rounds that the forms do not offer are refused', async ({
    assert,
    client,
  }) => {
    const [centre, other] = [await givenUnit(), await givenUnit()]
    const gone = await givenUnit({ dissolved_on: '2022-02-18' })
    const officer = await givenUser({ role: 'hr_officer', unitId: centre })
    const everywhere = await givenUser({ role: 'hr_officer' })
    const form = {
      name: '第一轮',
      unit_id: centre,
      document_id: await givenDocument(),
      preferences_from: '2022-02-21',
      preferences_until: '2022-02-25',
      ranking_until: '2022-03-04',
      publicity_days: 5,
      objection_days: 5,
      confirmation_days: 5,
      max_preferences: 5,
    }
    await send(client, officer, '/selection/rounds', form)
    const [{ id }] = await rowsOf('selection_rounds')
    const at = `/selection/rounds/${id}`
    const before = await rowsOf('selection_rounds')
    for (const url of ['/selection/rounds', at]) {
      const sent = { ...form, version: 1 }
      for (const unitId of [other, 999_999]) {
        const strange = await send(client, officer, url, { ...sent, unit_id: unitId })
        strange.assertStatus(403)
      }
      const dissolved = await send(client, everywhere, url, { ...sent, unit_id: gone })
      assert.include(dissolved.flashMessage('error'), '已于 2022-02-18 撤销')
      const nowhere = await send(client, everywhere, url, { ...sent, unit_id: 999_999 })
      nowhere.assertStatus(404)
      for (const previous of [999_999, Number(id)]) {
        const answer = await send(client, officer, url, { ...sent, previous_id: previous })
        assert.property(answer.flashMessage('inputErrorsBag'), 'previous_id')
      }
    }
    const people = await send(client, officer, `${at}/people`, {
      'version': 1,
      'unit_ids[]': other,
    })
    people.assertStatus(403)
    const contract = { employment_type: 'contract' }
    for (const postId of [
      999_999,
      await givenPost(gone, contract),
      await givenPost(centre, { ...contract, valid_to: '2022-02-18' }),
      await givenPost(centre),
    ]) {
      const post = { 'version': 1, 'post_id': postId, 'capacity': 1, 'natures[]': 'editorial' }
      const answer = await send(client, everywhere, `${at}/posts`, post)
      assert.property(answer.flashMessage('inputErrorsBag'), 'post_id')
    }
    assert.deepEqual(await rowsOf('selection_rounds'), before)
    assert.lengthOf(await rowsOf('selection_posts'), 0)
  })

  test('rounds and posts of units beyond the reach are not offered, and refused', async ({
    assert,
    client,
  }) => {
    const [own, strange] = [await givenUnit(), await givenUnit()]
    const { officer: everybody } = await givenOffice()
    const before = async (unitId: number, name: string) => {
      const id = await givenRound(everybody, { unitId, name })
      await db.from('selection_rounds').where('id', id).update({ state: 'arrangement' })
      return id
    }
    const ours = await before(own, '本单位前一轮')
    const theirs = await before(strange, '外单位前一轮')
    const contract = { employment_type: 'contract' }
    const ourPost = await givenPost(own, { ...contract, name: '本单位岗位' })
    const theirPost = await givenPost(strange, { ...contract, name: '外单位岗位' })
    const roundId = await givenRound(everybody, { unitId: own })
    const following = await givenRound(everybody, { unitId: own, previousId: theirs })
    const officer = await givenUser({ role: 'hr_officer', unitId: own })
    const at = `/selection/rounds/${roundId}`
    const page = async (url: string) => (await client.get(url).loginAs(officer)).text()
    for (const url of ['/selection/rounds/create', `${at}/edit`, `${at}/posts/create`]) {
      const text = await page(url)
      assert.include(text, url.includes('posts') ? '本单位岗位' : '本单位前一轮')
      assert.notMatch(text, /外单位(前一轮|岗位)/)
    }
    assert.include(await page(`/selection/rounds/${following}/edit`), '外单位前一轮')

    const form = {
      name: '第二轮',
      unit_id: own,
      document_id: await givenDocument(),
      version: 1,
      preferences_from: '2022-02-21',
      preferences_until: '2022-02-25',
      ranking_until: '2022-03-04',
      publicity_days: 5,
      objection_days: 5,
      confirmation_days: 5,
      max_preferences: 5,
    }
    const rounds = await rowsOf('selection_rounds')
    const post = { 'version': 1, 'capacity': 1, 'natures[]': 'editorial' }
    const refused = [
      await send(client, officer, '/selection/rounds', { ...form, previous_id: theirs }),
      await send(client, officer, at, { ...form, previous_id: theirs }),
      await send(client, officer, `${at}/posts`, { ...post, post_id: theirPost }),
    ]
    for (const answer of refused) answer.assertStatus(403)
    assert.deepEqual(await rowsOf('selection_rounds'), rounds)
    assert.lengthOf(await rowsOf('selection_posts'), 0)

    await send(client, officer, at, { ...form, previous_id: ours })
    await send(client, officer, `${at}/posts`, { ...post, version: 2, post_id: ourPost })
    assert.equal((await roundById(roundId)).previousId, ours)
    assert.lengthOf(await rowsOf('selection_posts'), 1)
    const kept = `/selection/rounds/${following}`
    await send(client, officer, kept, { ...form, name: '改名', previous_id: theirs })
    assert.include(await roundById(following), { name: '改名', previousId: theirs })
  })

  test('a cap over several posts holds in the result, and so does that of each', async ({
    assert,
    client,
  }) => {
    const round = await givenSealedRound(6)
    const { roundId, officer, head, scorers, staff } = round
    const user = await User.findOrFail(officer.userId!)
    const post = async (url: string, form: Record<string, unknown>) => {
      const answer = await send(client, user, url, form)
      answer.assertStatus(302)
    }
    const at = `/selection/rounds/${roundId}`
    const grouped = (await postsOf(roundId)).filter(({ code }) => code !== 'C01')
    for (const { id } of grouped) {
      await post(`${at}/posts/removal`, { version: await version(roundId), id })
    }
    const cap = { code: 'U1', name: '编播合计', capacity: 3 }
    await post(`${at}/groups`, { version: await version(roundId), ...cap })
    const list = (await listsOf(roundId)).find(({ code }) => code === 'U1')!
    for (const { postId, code } of grouped) {
      await post(`${at}/posts`, {
        'version': await version(roundId),
        'post_id': postId,
        'list_id': list.id,
        'capacity': 2,
        'minimum': code === 'C03' ? 2 : 0,
        'natures[]': 'editorial',
      })
    }
    for (const { id } of scorers) {
      await post(`/selection/lists/${list.id}/scorers`, { user_id: id, weight: '0.5' })
    }
    await approveRound({ roundId, version: await version(roundId) }, head)

    clock.freeze('2022-02-21')
    await advanceRound(roundId)
    for (const one of staff) await choose(one, ['C02', 'C03'])
    clock.freeze('2022-02-26')
    await advanceRound(roundId)
    await scoreAll(round)
    clock.freeze('2022-03-05')
    await advanceRound(roundId)
    const matchingId = (await roundById(roundId)).matchingId!
    const { summary, check } = await matchingById(matchingId)
    assert.isTrue(check.stable)
    assert.deepEqual(
      summary.posts.map(({ code, placed }) => [code, placed]),
      [
        ['C01', 0],
        ['C02', 2],
        ['C03', 1],
      ]
    )
    const unplaced = (await resultsOf(matchingId)).filter(({ postId }) => postId === null)
    assert.lengthOf(unplaced, 3)
    for (const { why } of unplaced) {
      assert.containsSubset(why.wishes[1], { post: 'C03', places: 3, group: true })
    }
    // Within a full cap another stable result may divide the places otherwise.
    assert.lengthOf(summary.unmetMinimums, 1)
    const page = await client.get(`${at}?tab=result`).loginAs(user)
    page.assertTextIncludes('C03 最少 2 人，实际 1 人：编播合计总量已满')
    assert.notInclude(page.text(), '没有任何稳定结果能达到')
  })
})
