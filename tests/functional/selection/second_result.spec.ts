import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { declinePlace, signPlace } from '#selection/actions/answers'
import { askException, decideException, outlookOfChange } from '#selection/actions/exceptions'
import { addScorer } from '#selection/actions/people'
import { runPlacement } from '#selection/actions/place_elsewhere'
import { addGroup, addPost, removePost } from '#selection/actions/posts'
import { approveRound } from '#selection/actions/approve_round'
import { saveScores } from '#selection/actions/save_scores'
import { matchingPaper } from '#selection/documents/matching_paper'
import { publicityNotice } from '#selection/documents/publicity_notice'
import { noticeOf } from '#selection/queries/notice'
import { participantById } from '#selection/queries/participants'
import { listsOf, postsOf } from '#selection/queries/posts'
import { listProgress, ownScorer } from '#selection/queries/rankings'
import { matchingById, resultOfPerson, resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { checkSelection } from '#selection/queries/selection_checks'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import { givenFreePlaces, version, type SealedRound } from './givens.js'

test.group('Selection: a second result beside the first', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  const place = async ({ roundId, head }: SealedRound) =>
    runPlacement({ roundId, version: await version(roundId) }, head)

  const current = async (roundId: number) => matchingById((await roundById(roundId)).matchingId!)

  /** Where everybody stands now: the post and the way, by the person's number. */
  async function stands({ roundId, staff }: SealedRound) {
    const results = await resultsOf((await roundById(roundId)).matchingId!)
    return staff.map(({ place: { id } }) => {
      const row = results.find(({ participantId }) => participantId === id)
      return row ? `${row.postCode ?? ''} ${row.way}`.trim() : 'out'
    })
  }

  async function decline(round: SealedRound, index: number) {
    const { id, version: at } = await participantById(round.staff[index].place.id)
    await declinePlace({ participantId: id, version: at, note: '另有安排' }, round.officer)
  }

  async function ask(round: SealedRound, index: number, code: string | null) {
    const post = (await postsOf(round.roundId)).find((one) => one.code === code)
    return askException(
      {
        participantId: round.staff[index].place.id,
        postId: post?.id ?? null,
        reason: '工作需要',
        documentId: await givenDocument(`市融改〔2022〕${index}号`),
      },
      round.officer
    )
  }

  const approve = (round: SealedRound, id: number) =>
    decideException({ id, version: 1, verb: 'approve' }, round.head)

  test('a decline after placement takes no place away; who was placed rises by the rankings', async ({
    assert,
  }) => {
    const round = await givenFreePlaces()
    assert.equal(await place(round), 2)
    assert.deepEqual(await stands(round), [
      'C01 matched',
      'C01 matched',
      'C02 matched',
      'C02 matched',
      'C03 placed',
      'C03 placed',
      'unplaced',
      'unplaced',
    ])
    await decline(round, 0)
    assert.deepEqual(await stands(round), [
      'out',
      'C01 matched',
      'C01 matched',
      'C02 matched',
      'C02 matched',
      'C03 placed',
      'unplaced',
      'unplaced',
    ])
    // The place that was given back is free for the next placement; who has signed keeps his.
    const five = await participantById(round.staff[5].place.id)
    await signPlace({ participantId: five.id, version: five.version, note: '纸质' }, round.officer)
    await decline(round, 1)
    assert.deepEqual(await stands(round), [
      'out',
      'out',
      'C01 matched',
      'C01 matched',
      'C02 matched',
      'C03 placed',
      'C02 matched',
      'unplaced',
    ])
    assert.deepEqual(await checkSelection(), [])
  })

  test('what was said of the first result stands in the second; its paper speaks for itself', async ({
    assert,
    client,
  }) => {
    const round = await givenFreePlaces()
    const exception = await ask(round, 3, null)
    await approve(round, exception)
    const before = await current(round.roundId)
    assert.isNotEmpty(before.summary.exceptionPairs)
    await place(round)
    const { summary, certificateId, kind } = await current(round.roundId)
    assert.equal(kind, 'placement')
    for (const name of ['waiting', 'decidedByLot', 'exceptions', 'exceptionPairs'] as const) {
      assert.deepEqual(summary[name], before.summary[name], name)
    }
    assert.isNotEmpty(summary.waiting.C01)
    const row = await db.from('certificates').where('id', certificateId!).firstOrFail()
    assert.include(row.body, `"blockingPairs":${summary.exceptionPairs.length}`)
    const paper = JSON.stringify(matchingPaper(JSON.parse(row.body), '中心', row.created_at))
    assert.include(paper, '调剂为第二份结果')
    assert.notInclude(paper, '结果对报名人最优')

    // The hand change is told on the notice, and to the person with its document and reason.
    const { roundId, staff } = round
    const notice = publicityNotice(
      await roundById(roundId),
      await noticeOf(await roundById(roundId))
    )
    assert.include(JSON.stringify(notice), '作例外调整1人')
    assert.notInclude(JSON.stringify(notice), '没有阻塞对')
    const mine = await client.get(`/selection/mine/${roundId}`).loginAs(staff[3].user)
    mine.assertTextIncludes('市融改〔2022〕3号')
    mine.assertTextIncludes('工作需要')
    assert.notInclude(mine.text(), '录用：')
    assert.notInclude(mine.text(), '结果对每位报名人最优')
    // A placement cannot be solved again: the person is given the run before it.
    mine.assertTextIncludes(`/selection/matchings/${before.id}/verification`)
  })

  test('placement keeps within a cap over several posts, and passes over whom the list refused', async ({
    assert,
  }) => {
    const prepare = async ({ roundId, officer, head, scorers }: SealedRound) => {
      const at = async () => ({ roundId, version: await version(roundId) })
      const posts = (await postsOf(roundId)).filter(({ code }) => code !== 'C02')
      for (const { id } of posts) await removePost({ ...(await at()), id }, officer)
      const listId = await addGroup(
        { ...(await at()), code: 'G', name: '采编', capacity: 3 },
        officer
      )
      for (const { postId } of posts) {
        await addPost(
          {
            ...(await at()),
            postId,
            listId,
            capacity: 2,
            minimum: 0,
            natures: ['editorial'],
            requirements: null,
          },
          officer
        )
      }
      for (const { id: userId } of scorers)
        await addScorer({ listId, userId, weight: '1' }, officer)
      await approveRound(await at(), head)
    }
    const score = async ({ roundId, scorers, staff }: SealedRound) => {
      for (const { list, people } of await listProgress(await roundById(roundId))) {
        for (const { id } of scorers) {
          const { version: own } = (await ownScorer(list.id, id))!
          const entries = people.map((person, index) =>
            list.code === 'G' && person.id === staff[4].place.id
              ? {
                  participantId: person.id,
                  kind: 'unacceptable' as const,
                  score: '',
                  reason: '无证',
                }
              : {
                  participantId: person.id,
                  kind: 'score' as const,
                  score: `${95 - index}`,
                  reason: '',
                }
          )
          await saveScores({ listId: list.id, version: own, entries }, await buildActor(id))
        }
      }
    }
    const round = await givenFreePlaces([4, 5, 6], prepare, score)
    assert.lengthOf(await listsOf(round.roundId), 2)
    assert.equal(await place(round), 1, 'two places are free, and one under the cap')
    const [, , , , four, five, six] = await stands(round)
    assert.equal(four, 'unplaced')
    assert.sameMembers([five, six], ['C03 placed', 'unplaced'])
    const { check } = await current(round.roundId)
    assert.deepEqual(check, { stable: true, blockingPairs: [], violations: [] })
    assert.deepEqual(await checkSelection(), [])
    // A placement that was changed is found as well.
    const loser = round.staff[five === 'unplaced' ? 5 : 6].place.id
    const { matchingId } = await roundById(round.roundId)
    const at = (await postsOf(round.roundId)).find(({ code }) => code === 'C03')!.id
    await db
      .from('selection_results')
      .where({ matching_id: matchingId, participant_id: loser })
      .update({ post_id: at, way: 'placed' })
    assert.include((await checkSelection())[0].detail, 'group_over_capacity')

    const why = await resultOfPerson(matchingId, round.staff[4].place.id)
    assert.containsSubset(why!.why.wishes[0], { verdict: 'unacceptable', reason: '无证' })
  })

  test('an exception that waits does not move somebody who has signed since', async ({
    assert,
  }) => {
    const round = await givenFreePlaces()
    const id = await ask(round, 0, 'C03')
    const { id: participantId, version: at } = await participantById(round.staff[0].place.id)
    await signPlace({ participantId, version: at, note: '纸质' }, round.officer)
    const before = await roundById(round.roundId)
    await assert.rejects(() => approve(round, id), 'selection.errors.answered')
    assert.deepEqual(await roundById(round.roundId), before)
    assert.equal((await stands(round))[0], 'C01 matched')
  })

  test('what a hand change breaks is shown before, counted on the certificate, and never overfills', async ({
    assert,
    client,
  }) => {
    const round = await givenFreePlaces()
    const { roundId, staff } = round
    const outlook = async (index: number, code: string) => {
      const { id } = (await postsOf(roundId)).find((one) => one.code === code)!
      const now = await roundById(roundId)
      return inTransaction((trx) => outlookOfChange(now, staff[index].place.id, id, trx))
    }
    const kinds = async (index: number, code: string) =>
      (await outlook(index, code)).violations.map(({ kind }) => kind)
    assert.deepEqual(await kinds(4, 'C03'), ['not_listed', 'not_ranked'])
    assert.deepEqual(await kinds(4, 'C01'), ['over_capacity'])
    const { id: post } = (await postsOf(roundId)).find(({ code }) => code === 'C03')!
    const page = await client
      .get(`/selection/people/${staff[4].place.id}/exception?post=${post}`)
      .loginAs(await givenUser({ role: 'hr_officer' }))
    page.assertTextIncludes('没有报 C03')

    for (const index of [4, 5]) await approve(round, await ask(round, index, 'C03'))
    const { certificateId, summary } = await current(roundId)
    assert.lengthOf(summary.exceptionViolations, 4)
    const row = await db.from('certificates').where('id', certificateId!).firstOrFail()
    assert.include(row.body, '"violations":4')
    const third = await ask(round, 6, 'C03')
    await assert.rejects(() => approve(round, third), 'selection.errors.no_free_place')
    assert.equal((await stands(round))[6], 'unplaced')
  })
})
