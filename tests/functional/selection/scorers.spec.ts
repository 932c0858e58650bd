import { test } from '@japa/runner'
import type User from '#accounts/models/user'
import { buildActor } from '#accounts/queries/build_actor'
import { advanceRound } from '#selection/actions/advance'
import { addScorer } from '#selection/actions/people'
import { saveScores, type ScoreInput } from '#selection/actions/save_scores'
import { substituteScorer } from '#selection/actions/substitute_scorer'
import { listsOf } from '#selection/queries/posts'
import { ownScorer, rankingsOf, scorersOf } from '#selection/queries/rankings'
import { roundById } from '#selection/queries/rounds'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inboxPort } from '#shared/ports/inbox'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenUser, rowsOf } from '#tests/support/givens'
import { choose, givenSealedRound } from './givens.js'

test.group('Selection: who scores', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  /** Ranking is open; three people want C01, and both scorers have withdrawn for the first. */
  async function givenStuck() {
    const round = await givenSealedRound(3)
    const { roundId, staff, scorers } = round
    clock.freeze('2022-02-21')
    await advanceRound(roundId)
    for (const one of staff) await choose(one, ['C01'])
    clock.freeze('2022-02-26')
    await advanceRound(roundId)
    const list = (await listsOf(roundId)).find(({ code }) => code === 'C01')!
    const save = async (userId: number, entries: ScoreInput[]) => {
      const { version } = (await ownScorer(list.id, userId))!
      return saveScores({ listId: list.id, version, entries }, await buildActor(userId))
    }
    const withdrawn = { kind: 'withdrawn' as const, score: '', reason: '近亲属' }
    const score = { kind: 'score' as const, score: '80', reason: '' }
    for (const { id } of scorers) {
      await save(id, [
        { participantId: staff[0].place.id, ...withdrawn },
        { participantId: staff[1].place.id, ...score },
        { participantId: staff[2].place.id, ...score },
      ])
    }
    const [first] = (await scorersOf(roundId)).filter(({ listId }) => listId === list.id)
    const substitute = (userId: number, actor: Actor) =>
      substituteScorer(
        { listId: list.id, scorerId: first.id, userId, reason: '原评分人均须回避' },
        actor
      )
    return { ...round, list, save, score, substitute, first }
  }

  test('when all scorers of a list have withdrawn for somebody, a substitute ends the deadlock', async ({
    assert,
    client,
  }) => {
    const given = await givenStuck()
    const { roundId, staff, list, head, officer, scorers, save, score, substitute } = given
    clock.freeze('2022-03-04')
    const titles = async (actor: Actor) =>
      (await inboxPort.items(actor, (key) => key)).map(({ title }) => title)
    assert.include(await titles(head), 'selection.inbox.substitute')
    const hr = await givenUser({ role: 'hr_head' })
    const tab = await client.get(`/selection/rounds/${roundId}?tab=rankings`).loginAs(hr)
    tab.assertTextIncludes('需要更换评分人')

    const third = await givenActor({ role: 'scorer' })
    const before = await rowsOf('selection_scorers')
    await assert.rejects(() => substitute(officer.userId!, head), 'selection.errors.scorer_unfit')
    await assert.rejects(() => substitute(head.userId!, head), 'selection.errors.named_himself')
    await assert.rejects(() => substitute(scorers[1].id, head), 'selection.errors.scorer_known')
    assert.deepEqual(await rowsOf('selection_scorers'), before)
    const stranger = await client
      .post(`/selection/lists/${list.id}/scorers/substitution`)
      .loginAs(await givenUser({ role: 'hr_officer' }))
      .withCsrfToken()
      .redirects(0)
      .form({ scorer_id: given.first.id, user_id: third.userId, reason: '回避' })
    stranger.assertStatus(403)
    const done = await client
      .post(`/selection/lists/${list.id}/scorers/substitution`)
      .loginAs(hr)
      .withCsrfToken()
      .redirects(0)
      .form({ scorer_id: given.first.id, user_id: third.userId, reason: '回避' })
    done.assertStatus(302)

    // What was scored stands; the substitute speaks for the first person alone.
    await save(third.userId!, [{ participantId: staff[0].place.id, ...score, score: '91' }])
    assert.notInclude(await titles(head), 'selection.inbox.substitute')
    clock.freeze('2022-03-05')
    assert.deepEqual(await advanceRound(roundId), ['close_ranking', 'match'])
    const said = (await rankingsOf(roundId)).map(({ participantId, scoreCenti }) => [
      participantId,
      scoreCenti,
    ])
    assert.sameDeepMembers(said, [
      [staff[0].place.id, 9100],
      [staff[1].place.id, 8000],
      [staff[2].place.id, 8000],
    ])
    await assert.rejects(
      () => substitute(scorers[0].id, head),
      'selection.errors.no_substitute_now'
    )
    assert.equal((await roundById(roundId)).state, 'matching')
  })

  test('a sheet that is refused comes back as it was filled in', async ({ assert, client }) => {
    const { roundId, staff, scorers } = await givenSealedRound(1)
    clock.freeze('2022-02-21')
    await advanceRound(roundId)
    await choose(staff[0], ['C01'])
    clock.freeze('2022-02-26')
    await advanceRound(roundId)
    const list = (await listsOf(roundId)).find(({ code }) => code === 'C01')!
    const url = `/selection/rankings/${list.id}`
    const base = `scores[p${staff[0].place.id}]`
    const { version } = (await ownScorer(list.id, scorers[0].id))!
    const form = { [`${base}[kind]`]: 'unacceptable', [`${base}[score]`]: '55', version }
    const page = await client
      .post(url)
      .loginAs(scorers[0])
      .withCsrfToken()
      .header('referer', url)
      .form({ ...form, [`${base}[reason]`]: '', _form: url })
    assert.match(page.text(), /<option value="unacceptable" selected>/)
    assert.include(page.text(), 'value="55"')
    assert.lengthOf(await rowsOf('selection_scores'), 0)
  })

  test('the spread of the scores is told when all have spoken, to HR when ranking is closed', async ({
    assert,
    client,
  }) => {
    const { roundId, staff, scorers } = await givenSealedRound(2)
    clock.freeze('2022-02-21')
    await advanceRound(roundId)
    for (const one of staff) await choose(one, ['C01'])
    clock.freeze('2022-02-26')
    await advanceRound(roundId)
    const list = (await listsOf(roundId)).find(({ code }) => code === 'C01')!
    const url = `/selection/rankings/${list.id}`
    const score = async (user: User, scores: string[]) => {
      const { version } = (await ownScorer(list.id, user.id))!
      const rows = staff.flatMap(({ place }, index) => [
        [`scores[p${place.id}][kind]`, 'score'],
        [`scores[p${place.id}][score]`, scores[index]],
      ])
      const form = { version, ...Object.fromEntries(rows) }
      const saved = await client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)
      saved.assertStatus(302)
    }
    /** What stands in these columns of the rows of the staff. */
    const told = async (user: User, page: string, labels: string[]) => {
      const text = (await client.get(page).loginAs(user)).text()
      return staff.map(({ place }) => {
        const row = text.split('<tr>').find((part) => part.includes(place.name)) ?? ''
        return labels.map((label) => new RegExp(`"${label}">([^<]*)<`).exec(row)?.[1] ?? null)
      })
    }
    const own = (user: User) => told(user, url, ['合成', '分差'])
    await score(scorers[0], ['90', '60'])
    for (const user of scorers) {
      assert.deepEqual(await own(user), [
        ['—', '—'],
        ['—', '—'],
      ])
    }
    await score(scorers[1], ['79.5', '60'])
    for (const user of scorers) {
      assert.deepEqual(await own(user), [
        ['84.75', '10.5'],
        ['60', '0'],
      ])
    }
    const hr = await givenUser({ role: 'hr_officer' })
    const tab = `/selection/rounds/${roundId}?tab=rankings`
    assert.deepEqual(await told(hr, tab, ['分差']), [[null], [null]])
    clock.freeze('2022-03-05')
    await advanceRound(roundId)
    assert.deepEqual(await told(hr, tab, ['评分', '分差']), [
      ['84.75', '10.5'],
      ['60', '0'],
    ])
  })

  test('only accounts that may score are named, so that HR does not read what was chosen', async ({
    assert,
  }) => {
    const { roundId, officer, second } = await givenSealedRound(3)
    const [list] = await listsOf(roundId)
    const before = await rowsOf('selection_scorers')
    for (const { userId } of [
      officer,
      second,
      await givenActor({ role: 'discipline_inspector' }),
    ]) {
      await assert.rejects(
        () => addScorer({ listId: list.id, userId: userId!, weight: '1' }, officer),
        'selection.errors.scorer_unfit'
      )
    }
    assert.deepEqual(await rowsOf('selection_scorers'), before)
    assert.isTrue((await roundById(roundId)).approved)
  })
})
