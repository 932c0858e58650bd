import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { placesOf, type PostPlaces } from '#people/actions/check_post'
import { approveEvent, submitEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import { signPlace } from '#selection/actions/answers'
import { approveRound } from '#selection/actions/approve_round'
import { reEngage } from '#selection/actions/re_engage'
import { participantById } from '#selection/queries/participants'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { executeBatch } from '#transfers/actions/execute_batch'
import { sign, submit } from '#database/demo/transfers'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenPerson, rowsOf } from '#tests/support/givens'
import { givenDecided } from '../discipline/givens.js'
import { givenFreePlaces, givenSealedRound, version, type SealedRound } from './givens.js'

const MOVE = '2022-04-01'

test.group('Selection: a round and hires by personnel event', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  /** The post of C01, of which a round offers two places, with that many in all. */
  async function givenPlaces(headcount: number) {
    const post = db.from('posts').where('code', 'C01')
    await post.clone().update({ headcount })
    return (await post.firstOrFail()) as PostPlaces
  }

  const hire = async ({ unitId, officer }: SealedRound, postId: number) =>
    createEvent(
      {
        kind: 'hire',
        personId: await givenPerson(),
        unitId,
        effectiveOn: MOVE,
        untilOn: null,
        documentNo: '人发〔2022〕1号',
        reason: null,
        details: { employmentType: 'contract', postId },
      },
      officer
    )

  async function approved({ officer, head }: SealedRound, eventId: number) {
    await submitEvent({ eventId, version: 1 }, officer)
    await approveEvent({ eventId, version: 2 }, head)
  }

  /** Reasons of a refusal at the fields; empty: it went through. */
  async function refusedFor(work: Promise<unknown>): Promise<string[]> {
    const error: any = await work.then(() => null).catch((caught) => caught)
    return (error?.fields ?? []).map(({ code }: any) => code)
  }

  test('a place that an approved round offers is not given to somebody else', async ({
    assert,
  }) => {
    const round = await givenSealedRound(2)
    const { id } = await givenPlaces(3)
    await approved(round, await hire(round, id))
    assert.deepEqual(await refusedFor(hire(round, id)), ['people.errors.headcount_full'])
    await givenPlaces(4)
    assert.deepEqual(await refusedFor(hire(round, id)), [])
  })

  test('nor does a round offer the place of an approved hire', async ({ assert }) => {
    const round = await givenSealedRound(2)
    const { roundId, head } = round
    const { id } = await givenPlaces(2)
    const rounds = db.from('selection_rounds').where('id', roundId)
    await rounds.clone().update({ approved_at: null, approved_by: null })
    await approved(round, await hire(round, id))
    const approve = async () => approveRound({ roundId, version: await version(roundId) }, head)
    const error = await approve().catch((refused) => refused)
    assert.equal(error.key, 'selection.errors.places_filled')
    assert.include(error.params, { headcount: 2, filled: 1, capacity: 2 })
    await givenPlaces(3)
    await approve()
    assert.isNotNull((await rounds.firstOrFail()).approved_at)
  })

  test('who is placed takes one place, until the round ends, in the batch and at work', async ({
    assert,
  }) => {
    const round = await givenFreePlaces([])
    const { roundId, officer, head, staff } = round
    await givenDecided([round.unitId], await givenDocument())
    const post = await givenPlaces(3)
    const won = await db
      .from('selection_results as e')
      .join('selection_posts as s', 's.id', 'e.post_id')
      .join('selection_rounds as r', 'r.matching_id', 'e.matching_id')
      .where({ 's.post_id': post.id, 'r.id': roundId })
      .select('e.participant_id as id')
    const placed = staff.filter(({ place }) => won.some(({ id }) => Number(id) === place.id))
    assert.lengthOf(placed, 2)
    for (const { place, user } of placed) {
      const { version: at } = await participantById(place.id)
      await signPlace(
        { participantId: place.id, version: at, note: null },
        await buildActor(user.id)
      )
    }
    const places = (personId?: number) =>
      inTransaction(async (trx) => {
        const { free, held, claimed } = await placesOf(trx, post, MOVE, { personId })
        return [free, held, claimed]
      })
    const inState = (state: string) =>
      db.from('selection_rounds').where('id', roundId).update({ state })
    const inEitherState = async (expected: unknown[]) => {
      for (const state of ['confirmation', 'arrangement']) {
        await inState(state)
        assert.deepEqual(await places(), expected, state)
      }
      await inState('confirmation')
    }
    await inEitherState([1, 0, 2])
    assert.deepEqual(await places(placed[0].personId), [2, 0, 1], 'the own place is free')

    const input = { roundId, effectiveOn: MOVE, documentNo: '市融改〔2022〕8号' }
    const { batchIds } = await reEngage({ ...input, contractUntil: null }, officer)
    await inEitherState([1, 0, 2])
    await submit(batchIds[0], officer)
    await inEitherState([1, 0, 2])
    await sign(batchIds[0], 'unit', '同意', head)
    for (const step of ['personnel', 'establishment'] as const) {
      await sign(batchIds[0], step, '同意', await givenActor({ role: `${step}_approver` }))
    }
    clock.freeze(MOVE)
    await executeBatch({ batchId: batchIds[0] }, head)
    assert.lengthOf(await rowsOf('assignments', { post_id: post.id, open_main: 1 }), 2)
    await inEitherState([1, 2, 0])
  })
})
