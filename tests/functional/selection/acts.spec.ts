import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { approveEvent } from '#people/actions/move_event'
import { runDueEvents } from '#people/jobs/due_events'
import { advanceRound } from '#selection/actions/advance'
import { declinePlace, signPlace } from '#selection/actions/answers'
import { planArrangement, syncArrangements } from '#selection/actions/arrangements'
import { decideEnding, proposeEnding, serveNotice } from '#selection/actions/endings'
import { askException, decideException, outlookOfChange } from '#selection/actions/exceptions'
import { fileObjection, rejectObjection } from '#selection/actions/objections'
import { publishResult } from '#selection/actions/publish'
import { enterParticipants, addScorer } from '#selection/actions/people'
import { addPost } from '#selection/actions/posts'
import { approveRound, editRound, reschedule } from '#selection/actions/rounds'
import { saveScores } from '#selection/actions/save_scores'
import { arrangementsOf, endingsOf } from '#selection/queries/arrangements'
import { participantById, participantsOf } from '#selection/queries/participants'
import { listsOf, postsOf } from '#selection/queries/posts'
import { listProgress, ownScorer, rankingsOf } from '#selection/queries/rankings'
import { matchingById, resultOfPerson, resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { runPhases } from '#selection/jobs/phases_job'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, rowsOf } from '#tests/support/givens'
import { givenExemption, givenFreeze } from '../discipline/givens.js'
import {
  choose,
  givenRound,
  givenSealedRound,
  scoreAll,
  version,
  type SealedRound,
} from './givens.js'

const LATER = {
  preferencesFrom: '2022-03-28',
  preferencesUntil: '2022-03-31',
  rankingUntil: '2022-04-08',
}

test.group('Selection: who may do what, and when', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  /** Solved: eight people for three posts of two places each; two are left without one. */
  async function solved(): Promise<SealedRound> {
    const round = await givenSealedRound(8)
    clock.freeze('2022-02-21')
    await advanceRound(round.roundId)
    for (const [index, one] of round.staff.entries()) {
      await choose(one, index % 2 ? ['C01', 'C02', 'C03'] : ['C02', 'C01', 'C03'])
    }
    clock.freeze('2022-02-26')
    await advanceRound(round.roundId)
    await scoreAll(round)
    clock.freeze('2022-03-05')
    await advanceRound(round.roundId)
    return round
  }

  async function published(): Promise<SealedRound> {
    const round = await solved()
    clock.freeze('2022-03-07')
    const { roundId, head } = round
    await publishResult({ roundId, version: await version(roundId) }, head)
    return round
  }

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
    const { roundId, officer } = await published()
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
    const { roundId, officer } = await published()
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

  test('an objection is filed in publicity only and answered by another', async ({ assert }) => {
    const { roundId, staff, head } = await published()
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
    await assert.rejects(file, 'selection.errors.no_publicity')
    await rejectObjection(decision, head)
    assert.deepEqual(await advanceRound(roundId), ['end_publicity'])
  })

  test('a hand change shows its blocking pairs, needs a document and another person', async ({
    assert,
  }) => {
    const { roundId, officer, head } = await published()
    const round = await roundById(roundId)
    const posts = await postsOf(roundId)
    const results = await resultsOf(round.matchingId!)
    const unplaced = results.find(({ postId }) => postId === null)!
    const winner = results.find(({ choice }) => choice === 1)!
    const worst = posts.find(({ code }) => code === 'C03')!
    const pairs = await inTransaction((trx) =>
      outlookOfChange(round, winner.participantId, worst.id, trx)
    )
    assert.isNotEmpty(pairs)
    assert.include(
      pairs.map(({ participantId }) => participantId),
      winner.participantId
    )
    const id = await askException(
      {
        ...{ participantId: winner.participantId, postId: worst.id, reason: '工作需要' },
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

  test('an ending: the owner alone proposes, protected people never, notice before it counts', async ({
    assert,
  }) => {
    const { roundId, officer, second, head, source } = await published()
    clock.freeze('2022-03-15')
    await advanceRound(roundId)
    await inTransaction(async (trx) => syncArrangements(trx, await roundById(roundId, trx)))
    const [row] = await arrangementsOf({ roundId })
    assert.equal(row.ownerId, officer.userId)
    const stamps = { version: 1, created_at: clock.now() }
    await db.table('contracts').insert({
      ...{ person_id: row.personId, form: 'direct', employer: '市报社', average_pay_fen: 500_000 },
      ...{ hired_on: '2013-06-01', starts_on: '2020-01-01', ends_on: '2022-12-31', ...stamps },
    })
    const input = {
      ...{ arrangementId: row.id, endsOn: '2022-04-14', payForNotice: false },
      ...{ protections: [], reason: '岗位撤并' },
    }
    await assert.rejects(() => proposeEnding(input, second), /selection.arrange/)
    await assert.rejects(
      () => proposeEnding({ ...input, endsOn: '2022-04-13' }, officer),
      'selection.errors.too_soon'
    )
    await assert.rejects(
      () => proposeEnding({ ...input, protections: ['work_injury'] }, officer),
      'selection.errors.protected'
    )
    const id = await proposeEnding(input, officer)
    await assert.rejects(() => proposeEnding(input, officer), 'selection.errors.ending_known')
    const [ending] = await endingsOf(row.id)
    assert.equal(ending.compensationFen, 9 * 500_000)
    const documentId = await givenDocument()
    const decide = (actor = head) =>
      decideEnding({ id, version: 1, verb: 'approve', documentId }, actor)
    await assert.rejects(() => decide(officer), 'selection.errors.same_person')
    await decide()
    const serve = (servedOn: string) => serveNotice({ id, version: 2, servedOn }, officer)
    await assert.rejects(() => serve('2022-03-16'), 'selection.errors.date_ahead')
    clock.freeze('2022-03-17')
    await assert.rejects(() => serve('2022-03-17'), 'selection.errors.served_too_late')
    // The notice submits a personnel event, and that one asks reform discipline.
    const { office, documentId: decision } = await givenFreeze([source])
    await assert.rejects(() => serve('2022-03-15'), 'discipline.refused.personnel')
    assert.lengthOf(await rowsOf('personnel_events'), 0)
    const exemption = { rule: 'personnel' as const, unitId: source, documentId: decision }
    await givenExemption(office, { ...exemption, personId: row.personId })
    await serve('2022-03-15')
    assert.deepEqual(
      (await rowsOf('freeze_records')).map(({ outcome, act }) => `${outcome} ${act}`),
      ['refused people.dismiss', 'exempted people.dismiss']
    )
    const settled = (await arrangementsOf({ roundId })).find(({ id: own }) => own === row.id)!
    assert.deepEqual([settled.state, settled.outcome], ['settled', 'ended'])
    const [event] = await rowsOf('personnel_events')
    assert.deepInclude(event, {
      ...{ kind: 'dismiss', state: 'submitted', person_id: row.personId, document_id: documentId },
      effective_on: '2022-04-15',
    })
    await approveEvent({ eventId: event.id, version: event.version }, head)
    clock.freeze('2022-04-15')
    await runDueEvents()
    const [{ valid_to: endedOn }] = await rowsOf('assignments', {
      person_id: row.personId,
      live: 1,
    })
    assert.equal(endedOn, '2022-04-15')
    await assert.rejects(() => serve('2022-03-15'), 'shared.errors.move')
    assert.lengthOf(await rowsOf('personnel_events'), 1)
    await assert.rejects(
      () =>
        planArrangement(
          {
            ...{ id: row.id, version: settled.version, ownerId: officer.userId! },
            ...{ nextStep: 'training', dueOn: null, note: null },
          },
          officer
        ),
      'selection.errors.settled'
    )
  })

  test('a place is offered by one round at a time; who goes on in the next round is settled there', async ({
    assert,
  }) => {
    const { roundId, unitId, source, officer, head, scorers } = await published()
    const offer = async (name: string, capacity: number, input = {}) => {
      const id = await givenRound(officer, { name, unitId, ...LATER, ...input })
      const [first] = await postsOf(roundId)
      await addPost(
        {
          ...{ roundId: id, version: await version(id), postId: first.postId, listId: null },
          ...{ capacity, minimum: 0, natures: ['editorial'], requirements: null },
        },
        officer
      )
      const [list] = await listsOf(id)
      await addScorer({ listId: list.id, userId: scorers[0].id, weight: '1' }, officer)
      return id
    }
    const approve = async (id: number) =>
      approveRound({ roundId: id, version: await version(id) }, head)

    clock.freeze('2022-03-15')
    await advanceRound(roundId)
    await inTransaction(async (trx) => syncArrangements(trx, await roundById(roundId, trx)))
    const [row] = await arrangementsOf({ roundId })
    await planArrangement(
      {
        ...{ id: row.id, version: row.version, ownerId: officer.userId!, nextStep: 'next_round' },
        ...{ dueOn: null, note: null },
      },
      officer
    )
    const next = await offer('第二轮', 8, { previousId: roundId })
    clock.freeze('2022-03-21')
    await db.from('selection_rounds').where('id', roundId).update({ state: 'arrangement' })
    await enterParticipants(
      { roundId: next, version: await version(next), unitIds: [source] },
      officer
    )
    assert.deepEqual(
      (await participantsOf(next)).map(({ personId }) => personId),
      [row.personId]
    )
    await db.from('selection_rounds').where('id', roundId).update({ state: 'confirmation' })
    // Two of the first round and eight of this one are more than the post's nine.
    await assert.rejects(() => approve(next), 'selection.errors.offered_elsewhere')
    await db.from('selection_rounds').where('id', roundId).update({ state: 'arrangement' })
    await approve(next)
    clock.freeze(LATER.preferencesFrom)
    assert.deepEqual(await advanceRound(next), ['open'])
    const settled = (await arrangementsOf({ roundId })).find(({ id }) => id === row.id)!
    assert.deepEqual([settled.state, settled.outcome], ['settled', 'next_round'])
  })

  test('somebody on maternity leave is protected by what is on record', async ({ assert }) => {
    const { roundId, officer, source } = await published()
    clock.freeze('2022-03-15')
    await advanceRound(roundId)
    const [row] = await arrangementsOf({ roundId })
    const stamps = { version: 1, created_at: clock.now() }
    await db.table('contracts').insert({
      ...{ person_id: row.personId, form: 'direct', employer: '市报社', average_pay_fen: 500_000 },
      ...{ hired_on: '2013-06-01', starts_on: '2020-01-01', ends_on: null, ...stamps },
    })
    await db.table('personnel_events').insert({
      ...{ number: 'E1', kind: 'long_leave', state: 'done', person_id: row.personId },
      ...{ unit_id: source, effective_on: '2022-02-01', details: '{"leaveType":"maternity"}' },
      ...stamps,
    })
    await assert.rejects(
      () =>
        proposeEnding(
          {
            ...{ arrangementId: row.id, endsOn: '2022-05-01', payForNotice: false },
            ...{ protections: [], reason: '岗位撤并' },
          },
          officer
        ),
      'selection.errors.protected'
    )
  })

  test('rankings come from the scorers, and everybody of the round stands in the result', async ({
    assert,
  }) => {
    const { roundId } = await solved()
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
