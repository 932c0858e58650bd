import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { approveEvent } from '#people/actions/move_event'
import { runDueEvents } from '#people/jobs/due_events'
import { advanceRound } from '#selection/actions/advance'
import { declinePlace, signPlace } from '#selection/actions/answers'
import { planArrangement } from '#selection/actions/arrangements'
import { decideEnding, proposeEnding } from '#selection/actions/endings'
import { addScorer } from '#selection/actions/people'
import { addPost } from '#selection/actions/posts'
import { approveRound } from '#selection/actions/approve_round'
import { serveNotice } from '#selection/actions/serve_notice'
import { arrangementsOf, endingsOf } from '#selection/queries/arrangements'
import { contractOfPerson, contractShares } from '#selection/queries/contracts'
import { participantById, participantsOf } from '#selection/queries/participants'
import { listsOf, postsOf } from '#selection/queries/posts'
import { resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenDocument, givenPerson, rowsOf } from '#tests/support/givens'
import { givenExemption, givenFreeze } from '../discipline/givens.js'
import { ending, givenContract, givenRound, givenUnplaced, version } from './givens.js'

const LATER = {
  preferencesFrom: '2022-03-28',
  preferencesUntil: '2022-03-31',
  rankingUntil: '2022-04-08',
}

async function givenLeave(personId: number, unitId: number) {
  await db.table('personnel_events').insert({
    number: 'E1',
    kind: 'long_leave',
    state: 'done',
    person_id: personId,
    unit_id: unitId,
    effective_on: '2022-02-01',
    details: '{"leaveType":"maternity"}',
    version: 1,
    created_at: clock.now(),
  })
}

test.group('Selection: the contract of somebody without a place ends', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  async function givenApproved() {
    const given = await givenUnplaced()
    const [row] = given.rows
    await givenContract(row.personId)
    const id = await proposeEnding(ending(row.id), given.officer)
    const documentId = await givenDocument()
    await decideEnding({ id, version: 1, verb: 'approve', documentId }, given.head)
    const serve = (servedOn: string, actor: Actor = given.officer) =>
      serveNotice({ id, version: 2, servedOn }, actor)
    const state = async () => ({
      arrangement: (await arrangementsOf({ roundId: given.roundId })).find(
        (one) => one.id === row.id
      )!,
      ending: (await endingsOf(row.id))[0].state,
      contractEnd: (await contractOfPerson(row.personId))!.endsOn,
      events: await rowsOf('personnel_events'),
    })
    return { ...given, row, documentId, serve, state }
  }

  test('the owner alone proposes, another approves, protected people never', async ({ assert }) => {
    const { rows, officer, second, head } = await givenUnplaced()
    const [row] = rows
    await givenContract(row.personId)
    const input = ending(row.id)
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
    const [proposed] = await endingsOf(row.id)
    assert.equal(proposed.compensationFen, 9 * 500_000)
    const documentId = await givenDocument()
    const decide = (actor: Actor) =>
      decideEnding({ id, version: 1, verb: 'approve', documentId }, actor)
    await assert.rejects(() => decide(officer), 'selection.errors.same_person')
    await decide(head)
  })

  test('what is on record protects, also when it comes after the approval', async ({ assert }) => {
    const { rows, row, officer, source, serve, state } = await givenApproved()
    await givenLeave(row.personId, source)
    await assert.rejects(() => serve('2022-03-15'), 'selection.errors.protected')
    assert.equal((await state()).ending, 'approved')
    const [, other] = rows
    await givenContract(other.personId)
    await db.from('personnel_events').update({ person_id: other.personId })
    await assert.rejects(
      () => proposeEnding(ending(other.id), officer),
      'selection.errors.protected'
    )
  })

  test('served, it ends list, contract and assignment on one day, once', async ({ assert }) => {
    const { row, documentId, head, serve, state } = await givenApproved()
    await assert.rejects(() => serve('2022-03-16'), 'selection.errors.date_ahead')
    clock.freeze('2022-03-17')
    await assert.rejects(() => serve('2022-03-17'), 'selection.errors.served_too_late')
    const clicks = await Promise.allSettled([serve('2022-03-15'), serve('2022-03-15')])
    assert.deepEqual(clicks.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    await assert.rejects(() => serve('2022-03-15'), 'shared.errors.move')

    const { arrangement, ending: served, contractEnd, events } = await state()
    assert.deepEqual([arrangement.state, arrangement.outcome], ['settled', 'ended'])
    assert.deepEqual([served, contractEnd], ['done', '2022-04-14'])
    assert.lengthOf(events, 1)
    assert.deepInclude(events[0], {
      kind: 'dismiss',
      state: 'submitted',
      person_id: row.personId,
      document_id: documentId,
      effective_on: '2022-04-15',
    })

    const [{ id: eventId, version: at }] = events
    await approveEvent({ eventId, version: at }, head)
    const before = await contractShares('all')
    clock.freeze('2022-04-14')
    assert.equal(await runDueEvents(), 0)
    clock.freeze('2022-04-15')
    assert.equal(await runDueEvents(), 1)
    assert.equal(await runDueEvents(), 0)
    const [assignment] = await rowsOf('assignments', { person_id: row.personId, live: 1 })
    assert.equal(assignment.valid_to, '2022-04-15')
    assert.equal((await contractShares('all')).people, before.people - 1)
    await assert.rejects(
      () =>
        planArrangement(
          {
            id: row.id,
            version: arrangement.version,
            ownerId: head.userId!,
            nextStep: 'training',
            dueOn: null,
            note: null,
          },
          head
        ),
      'selection.errors.settled'
    )
  })

  test('a stranger, or reform discipline, leaves every row as it was', async ({ assert }) => {
    const { second, source, row, serve, state } = await givenApproved()
    const before = await state()
    await assert.rejects(() => serve('2022-03-15', second), /selection.arrange/)
    // The notice submits a personnel event, and that one asks the guard.
    const { office, documentId } = await givenFreeze([source])
    await assert.rejects(() => serve('2022-03-15'), 'discipline.refused.personnel')
    assert.deepEqual(await state(), before)
    const exemption = { rule: 'personnel' as const, unitId: source, documentId }
    await givenExemption(office, { ...exemption, personId: row.personId })
    await serve('2022-03-15')
    assert.deepEqual(
      (await rowsOf('freeze_records')).map(({ outcome, act }) => `${outcome} ${act}`),
      ['refused people.dismiss', 'exempted people.dismiss']
    )
  })
})

test.group('Selection: the next round', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  type Given = Awaited<ReturnType<typeof givenUnplaced>>

  /** A round after the given one that offers places of its first post. */
  async function givenNext({ roundId, unitId, officer, scorers }: Given, capacity: number) {
    const next = await givenRound(officer, {
      name: '第二轮双向选择',
      unitId,
      previousId: roundId,
      ...LATER,
    })
    const [{ postId }] = await postsOf(roundId)
    await addPost(
      {
        roundId: next,
        version: await version(next),
        postId,
        listId: null,
        capacity,
        minimum: 0,
        natures: ['editorial'],
        requirements: null,
      },
      officer
    )
    const [list] = await listsOf(next)
    await addScorer({ listId: list.id, userId: scorers[0].id, weight: '1' }, officer)
    return { next, postId }
  }

  /** Everybody with a place signs, and confirmation ends. */
  async function confirmed({ roundId, officer }: Given) {
    for (const { participantId, postId } of await resultsOf(
      (await roundById(roundId)).matchingId!
    )) {
      if (postId === null) continue
      const { version: at } = await participantById(participantId)
      await signPlace({ participantId, version: at, note: '纸质' }, officer)
    }
    clock.freeze('2022-03-22')
    await advanceRound(roundId)
  }

  const approve = async (roundId: number, head: Actor) =>
    approveRound({ roundId, version: await version(roundId) }, head)

  const goOn = ({ rows, officer }: Given, index = 0) =>
    planArrangement(
      {
        id: rows[index].id,
        version: rows[index].version,
        ownerId: officer.userId!,
        nextStep: 'next_round',
        dueOn: null,
        note: null,
      },
      officer
    )

  test('who chose it comes in when it opens and is settled on the list, once', async ({
    assert,
  }) => {
    const given = await givenUnplaced()
    const { roundId, head, rows } = given
    const { next } = await givenNext(given, 2)
    await assert.rejects(() => approve(next, head), 'selection.errors.no_participants')
    await goOn(given)
    await approve(next, head)
    assert.isEmpty(await participantsOf(next))

    await confirmed(given)
    assert.equal((await roundById(roundId)).state, 'arrangement')
    clock.freeze(LATER.preferencesFrom)
    await Promise.all([advanceRound(next), advanceRound(next)])
    assert.deepEqual(
      (await participantsOf(next)).map(({ personId }) => personId),
      [rows[0].personId]
    )
    const list = await arrangementsOf({ roundId })
    const of = (id: number) => list.find((one) => one.id === id)!
    assert.deepEqual([of(rows[0].id).state, of(rows[0].id).outcome], ['settled', 'next_round'])
    assert.equal(of(rows[1].id).state, 'open', 'the other did not choose it')
    const settled = { action: 'selection.arrangement.settled' }
    assert.lengthOf(await rowsOf('audit_events', settled), 1)
  })

  test('who can choose none of its posts stays on the list', async ({ assert }) => {
    const given = await givenUnplaced()
    const { roundId, head, officer, rows } = given
    const { next } = await givenNext(given, 2)
    await goOn(given)
    await goOn(given, 1)
    await approve(next, head)
    await confirmed(given)
    await db
      .from('assignments')
      .where('person_id', rows[1].personId)
      .update({ employment_type: 'enterprise' })
    clock.freeze(LATER.preferencesFrom)
    await advanceRound(next)
    assert.lengthOf(await participantsOf(next), 1)
    const list = await arrangementsOf({ roundId, ownerId: officer.userId })
    assert.equal(list.find(({ id }) => id === rows[1].id)!.state, 'open')
  })

  test('a place is offered by one round at a time', async ({ assert }) => {
    const given = await givenUnplaced()
    const { roundId, head, officer, unitId } = given
    await goOn(given)
    // The post has nine places, and the round in confirmation offers two of them.
    const { next, postId } = await givenNext(given, 8)
    await assert.rejects(() => approve(next, head), 'selection.errors.offered_elsewhere')
    const error = await approve(next, head).catch((refused) => refused)
    assert.deepInclude(error.params, {
      headcount: 9,
      capacity: 8,
      promised: 2,
      by: '第一轮双向选择',
    })
    assert.isFalse((await roundById(next)).approved)

    // Past confirmation only who has signed still takes a place; everybody declines.
    for (const { id } of await participantsOf(roundId)) {
      const { version: at } = await participantById(id)
      await declinePlace({ participantId: id, version: at, note: null }, officer)
    }
    clock.freeze('2022-03-29')
    await advanceRound(roundId)
    assert.equal((await roundById(roundId)).state, 'arrangement')
    await givenAssignment(await givenPerson(), unitId, { post_id: postId })
    await givenAssignment(await givenPerson(), unitId, { post_id: postId })
    await assert.rejects(() => approve(next, head), 'selection.errors.places_filled')
    await db.from('assignments').where('post_id', postId).delete()
    await approve(next, head)
  })

  test('two rounds approved at once do not share a last place', async ({ assert }) => {
    const given = await givenUnplaced()
    await goOn(given)
    const first = await givenNext(given, 5)
    const second = await givenNext(given, 5)
    clock.freeze('2022-03-22')
    await advanceRound(given.roundId)
    const both = await Promise.allSettled([
      approve(first.next, given.head),
      approve(second.next, given.head),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  })
})
