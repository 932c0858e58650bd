import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { declinePlace, signPlace } from '#selection/actions/answers'
import { enterParticipants } from '#selection/actions/people'
import { addPost } from '#selection/actions/posts'
import { participantById } from '#selection/queries/participants'
import { postsOf } from '#selection/queries/posts'
import { resultOfPerson } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { together } from '#tests/support/together'
import {
  givenFreePlaces,
  givenRound,
  givenSealedRound,
  version as versionOf,
  type SealedRound,
} from './givens.js'

test.group('Selection, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  async function answering(round: SealedRound, index: number, act: typeof signPlace) {
    const { id, version } = await participantById(round.staff[index].place.id)
    const actor = await buildActor(round.staff[index].user.id)
    return () => act({ participantId: id, version, note: null }, actor)
  }

  test('people taken into two rounds at once stand in one', async ({ assert }) => {
    const { roundId: first, unitId, source, officer } = await givenSealedRound(4)
    await db.from('selection_participants').delete()
    const second = await givenRound(officer, { unitId, preferencesFrom: '2022-02-22' })
    const [{ postId }] = await postsOf(first)
    const at = { roundId: second, version: await versionOf(second) }
    const post = { ...at, postId, listId: null, capacity: 2, minimum: 0, requirements: null }
    await addPost({ ...post, natures: ['editorial'] }, officer)
    const acts = [first, second].map(async (roundId) => {
      const input = { roundId, version: await versionOf(roundId), unitIds: [source] }
      return () => enterParticipants(input, officer)
    })
    const refusals = await together(await Promise.all(acts))
    assert.deepEqual(refusals, [])
    const people = await rowsOf('selection_participants')
    assert.lengthOf(new Set(people.map((row) => row.person_id)), 4)
    assert.lengthOf(people, 4)
  })

  test('who signs while another declines stays where he signed, or is told of the new place', async ({
    assert,
  }) => {
    const round = await givenFreePlaces([])
    const refusals = await together([
      await answering(round, 2, signPlace),
      await answering(round, 3, signPlace),
      await answering(round, 0, declinePlace),
    ])
    const stale = refusals.filter((key) => key === 'shared.errors.stale')
    assert.deepEqual(refusals, stale)
    const { matchingId } = await roundById(round.roundId)
    const signed = await rowsOf('audit_events', { action: 'selection.answer.signed' })
    assert.lengthOf(signed, 2 - stale.length)
    for (const { subject_id: id, changes } of signed) {
      const { post } = JSON.parse(changes)
      assert.equal((await resultOfPerson(matchingId, Number(id)))!.postCode, post)
    }
  })

  test('a page that shows the place of before signs no other one', async ({ assert }) => {
    const round = await givenFreePlaces([])
    const { matchingId: before } = await roundById(round.roundId)
    const acts = await Promise.all(
      round.staff.map((_, index) => answering(round, index, signPlace))
    )
    await (
      await answering(round, 0, declinePlace)
    )()
    const { matchingId: after } = await roundById(round.roundId)
    let moved = 0
    for (const [index, { place }] of round.staff.entries()) {
      if (index === 0) continue
      const was = await resultOfPerson(before, place.id)
      const now = await resultOfPerson(after, place.id)
      if (was?.postCode === now?.postCode || !now?.postCode) continue
      moved++
      await assert.rejects(acts[index], 'shared.errors.stale')
      assert.equal((await participantById(place.id)).answer, 'open')
      await (
        await answering(round, index, signPlace)
      )()
    }
    assert.isAbove(moved, 0)
  })

  test('three decline at once: none stands in the result, nor is sent away but for a new place', async ({
    assert,
  }) => {
    const round = await givenFreePlaces([])
    const refusals = await together([
      await answering(round, 0, declinePlace),
      await answering(round, 1, declinePlace),
      await answering(round, 2, declinePlace),
    ])
    for (const key of refusals) assert.equal(key, 'shared.errors.stale')
    for (const [index, { place }] of round.staff.slice(0, 3).entries()) {
      if ((await participantById(place.id)).answer === 'declined') continue
      await (
        await answering(round, index, declinePlace)
      )()
    }
    const { matchingId } = await roundById(round.roundId)
    for (const { place } of round.staff.slice(0, 3)) {
      assert.isNull((await resultOfPerson(matchingId, place.id))?.postCode ?? null)
    }
  })
})
