import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { advanceRound } from '#selection/actions/advance'
import { declinePlace, signPlace } from '#selection/actions/answers'
import { askException, decideException, outlookOfChange } from '#selection/actions/exceptions'
import { fileObjection, rejectObjection } from '#selection/actions/objections'
import { approveRound } from '#selection/actions/approve_round'
import { editRound, reschedule } from '#selection/actions/rounds'
import { saveScores } from '#selection/actions/save_scores'
import { participantById, participantsOf } from '#selection/queries/participants'
import { listsOf, postsOf } from '#selection/queries/posts'
import { listProgress, ownScorer, rankingsOf } from '#selection/queries/rankings'
import { matchingById, resultOfPerson, resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { runPhases } from '#selection/jobs/phases_job'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, rowsOf, givenUser } from '#tests/support/givens'
import {
  choose,
  givenPublishedRound,
  givenSealedRound,
  givenSolvedRound,
  version,
} from './givens.js'

test.group('Selection: who may do what, and when', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  test('who prepared does not approve; a change asks for approval anew', async ({ assert }) => {
    const { roundId, officer, head } = await givenSealedRound()
    const round = await roundById(roundId)
    assert.isTrue(round.approved)
    await editRound({ ...round, roundId, version: round.version }, officer)
    assert.isFalse((await roundById(roundId)).approved)
    await assert.rejects(
      async () => approveRound({ roundId, version: await version(roundId) }, officer),
      'selection.errors.same_person'
    )
    await approveRound({ roundId, version: await version(roundId) }, head)
    await assert.rejects(
      () => editRound({ ...round, roundId, version: 1 }, officer),
      'shared.errors.move'
    )
    const saturday = { ...round, roundId, preferencesUntil: '2022-02-26' }
    await assert.rejects(
      async () => editRound({ ...saturday, version: await version(roundId) }, officer),
      'selection.errors.not_a_workday'
    )
  })

  test('the job moves each round once, however often and from wherever it runs', async ({
    assert,
  }) => {
    const { roundId } = await givenSealedRound()
    clock.freeze('2022-02-21')
    await Promise.all([runPhases(), runPhases(), runPhases()])
    const moves = (await rowsOf('audit_events', { action: 'selection.round.open' })).length
    assert.equal(moves, 1)
    assert.equal((await roundById(roundId)).state, 'preferences')
  })

  test('a phase is only made longer, with the reason, before it ends', async ({ assert }) => {
    const { roundId, head } = await givenSealedRound()
    clock.freeze('2022-02-21')
    await advanceRound(roundId)
    const move = async (preferencesUntil: string, rankingUntil: string) =>
      reschedule(
        {
          roundId,
          version: await version(roundId),
          preferencesUntil,
          rankingUntil,
          reason: '停电',
        },
        head
      )
    await assert.rejects(() => move('2022-02-24', '2022-03-04'), 'selection.errors.not_earlier')
    await move('2022-02-28', '2022-03-07')
    clock.freeze('2022-02-28')
    assert.deepEqual(await advanceRound(roundId), [])
    clock.freeze('2022-03-01')
    await advanceRound(roundId)
    await assert.rejects(() => move('2022-03-02', '2022-03-07'), 'selection.errors.phase_over')
  })

  test('scorers score their own list, never themselves, and give reasons', async ({ assert }) => {
    const round = await givenSealedRound()
    const { roundId, staff, scorers } = round
    clock.freeze('2022-02-21')
    await advanceRound(roundId)
    for (const one of staff.slice(0, 3)) await choose(one, ['C01'])
    clock.freeze('2022-02-26')
    await advanceRound(roundId)
    const list = (await listsOf(roundId)).find(({ code }) => code === 'C01')!
    const actor = await buildActor(scorers[0].id)
    const save = async (entry: object, by = actor) => {
      const own = await ownScorer(list.id, by.userId)
      const base = { participantId: staff[0].place.id, kind: 'score' as const }
      const entries = [{ ...base, score: '80', reason: '', ...entry }]
      return saveScores({ listId: list.id, version: own?.version ?? 1, entries }, by)
    }
    await assert.rejects(() => save({ score: '101' }), 'selection.errors.not_a_score')
    await assert.rejects(() => save({ kind: 'unacceptable' }), 'selection.errors.reason_needed')
    await assert.rejects(() => save({ kind: 'withdrawn' }), 'selection.errors.reason_needed')
    await assert.rejects(
      () => save({ participantId: staff[4].place.id }),
      'selection.errors.not_in_list'
    )
    const stranger = await givenActor({ role: 'scorer' })
    await assert.rejects(() => save({}, stranger), /selection.rank/)
    await save({ kind: 'withdrawn', reason: '近亲属' })
    const second = await buildActor(scorers[1].id)
    await save({ score: '70' }, second)
    const progress = (await listProgress(await roundById(roundId))).find(
      (one) => one.list.id === list.id
    )!
    assert.containsSubset(progress.combined.get(staff[0].place.id), { scoreCenti: 7000 })

    // Somebody who stands in the list himself can only withdraw.
    await db.from('users').where('id', scorers[0].id).update({ person_id: null })
    const { id: own } = staff[1].user
    await db.from('selection_scorers').where({ list_id: list.id, user_id: scorers[1].id }).update({
      user_id: own,
    })
    const self = await buildActor(own)
    const mine = { participantId: staff[1].place.id }
    await assert.rejects(() => save(mine, self), 'selection.errors.own_person')
  })

  test('a decline in publicity is solved again, and nobody else gets worse', async ({ assert }) => {
    const { roundId, officer } = await givenPublishedRound()
    const before = await resultsOf((await roundById(roundId)).matchingId!)
    const leaver = before.find(({ postCode }) => postCode === 'C01')!
    const person = await participantById(leaver.participantId)
    const input = { participantId: person.id, version: person.version, note: '考公' }
    await declinePlace(input, officer)
    await assert.rejects(() => declinePlace(input, officer), 'selection.errors.answered')
    const round = await roundById(roundId)
    const after = new Map(
      (await resultsOf(round.matchingId!)).map((row) => [row.participantId, row.choice ?? 99])
    )
    for (const { participantId, choice } of before) {
      if (participantId === person.id) assert.isFalse(after.has(participantId))
      else assert.isAtMost(after.get(participantId)!, choice ?? 99)
    }
    const { summary } = await matchingById(round.matchingId!)
    assert.equal(summary.placed, 6)
  })

  test('after confirmation signed people stay and the others apply for what is free', async ({
    assert,
  }) => {
    const { roundId, officer } = await givenPublishedRound()
    clock.freeze('2022-03-15')
    await advanceRound(roundId)
    const before = await resultsOf((await roundById(roundId)).matchingId!)
    const inFirst = before.filter(({ postCode }) => postCode === 'C01')
    const signed = before.find(({ postCode, choice }) => postCode === 'C03' && choice === 3)!
    const sign = await participantById(signed.participantId)
    await signPlace({ participantId: sign.id, version: sign.version, note: '纸质' }, officer)
    const leaver = await participantById(inFirst[0].participantId)
    await declinePlace({ participantId: leaver.id, version: leaver.version, note: null }, officer)
    const round = await roundById(roundId)
    const matching = await matchingById(round.matchingId!)
    assert.equal(matching.kind, 'backfill')
    assert.isTrue(matching.check.stable)
    assert.equal((await resultOfPerson(round.matchingId, sign.id))!.postCode, 'C03')
    assert.equal((await resultOfPerson(round.matchingId, sign.id))!.way, 'kept')
    assert.equal(matching.summary.placed, 6)
  })

  test('an objection is filed in publicity only and answered by another', async ({
    assert,
    client,
  }) => {
    const { roundId, staff, head } = await givenPublishedRound()
    const actor = await buildActor(staff[0].user.id)
    const file = () =>
      fileObjection(
        { participantId: staff[0].place.id, listId: null, body: '程序', evidence: null },
        actor
      )
    const objectionId = await file()
    const decision = { objectionId, version: 1, answer: '核对无误', documentId: null }
    await assert.rejects(() => rejectObjection(decision, actor), 'selection.errors.same_person')
    clock.freeze('2022-03-15')
    assert.deepEqual(await advanceRound(roundId), [], 'an open objection holds publicity open')
    const overview = await client
      .get(`/selection/rounds/${roundId}`)
      .loginAs(await givenUser({ role: 'hr_head' }))
    overview.assertTextIncludes('公示期已满，还有 1 件异议待答复')
    await assert.rejects(file, 'selection.errors.no_publicity')
    await rejectObjection(decision, head)
    assert.deepEqual(await advanceRound(roundId), ['end_publicity'])
  })

  test('the register of contracts opens whatever its filter holds', async ({ client }) => {
    const head = await givenUser({ role: 'hr_head' })
    for (const path of ['/selection/contracts', '/selection/contracts/export']) {
      for (const query of ['?q[]=a', '?q[a]=b', '?q=']) {
        const page = await client.get(path + query).loginAs(head)
        page.assertStatus(200)
      }
    }
  })

  test('a hand change shows its blocking pairs, needs a document and another person', async ({
    assert,
  }) => {
    const { roundId, officer, head } = await givenPublishedRound()
    const round = await roundById(roundId)
    const posts = await postsOf(roundId)
    const results = await resultsOf(round.matchingId!)
    const unplaced = results.find(({ postId }) => postId === null)!
    const winner = results.find(({ choice }) => choice === 1)!
    const worst = posts.find(({ code }) => code === 'C03')!
    const { pairs } = await inTransaction((trx) =>
      outlookOfChange(round, winner.participantId, worst.id, trx)
    )
    assert.isNotEmpty(pairs)
    assert.include(
      pairs.map(({ participantId }) => participantId),
      winner.participantId
    )
    const id = await askException(
      {
        participantId: winner.participantId,
        postId: worst.id,
        reason: '工作需要',
        documentId: await givenDocument(),
      },
      officer
    )
    const decide = (actor = head) => decideException({ id, version: 1, verb: 'approve' }, actor)
    await assert.rejects(() => decide(officer), 'selection.errors.same_person')
    await decide()
    const after = await roundById(roundId)
    const matching = await matchingById(after.matchingId!)
    assert.deepEqual(matching.summary.exceptions, [winner.participantId])
    assert.isNotEmpty(matching.summary.exceptionPairs)
    const certificate = await db.from('certificates').where('id', matching.certificateId!).first()
    assert.include(certificate.body, '"exceptions":1')
    assert.equal((await resultOfPerson(after.matchingId, winner.participantId))!.way, 'exception')
    assert.isNotNull(unplaced)
  })

  test('rankings come from the scorers, and everybody of the round stands in the result', async ({
    assert,
  }) => {
    const { roundId } = await givenSolvedRound()
    const round = await roundById(roundId)
    const results = await resultsOf(round.matchingId!)
    assert.lengthOf(results, (await participantsOf(roundId)).length)
    assert.isTrue((await rankingsOf(roundId)).every(({ source }) => source === 'scorers'))
    const unplaced = results.find(({ postId }) => postId === null)!
    assert.deepEqual(
      unplaced.why.wishes.map(({ verdict }) => verdict),
      ['below', 'below', 'below']
    )
  })
})
