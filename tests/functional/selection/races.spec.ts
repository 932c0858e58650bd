import { test } from '@japa/runner'
import { buildActor } from '#accounts/queries/build_actor'
import { declinePlace, signPlace } from '#selection/actions/answers'
import { participantById } from '#selection/queries/participants'
import { resultOfPerson } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { rowsOf } from '#tests/support/givens'
import { together } from '#tests/support/together'
import { givenFreePlaces, type SealedRound } from './givens.js'

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

  test('who signs while another declines stays where he signed', async ({ assert }) => {
    const round = await givenFreePlaces([])
    const refusals = await together([
      await answering(round, 2, signPlace),
      await answering(round, 3, signPlace),
      await answering(round, 0, declinePlace),
    ])
    assert.deepEqual(refusals, [])
    const { matchingId } = await roundById(round.roundId)
    const signed = await rowsOf('audit_events', { action: 'selection.answer.signed' })
    assert.lengthOf(signed, 2)
    for (const { subject_id: id, changes } of signed) {
      const { post } = JSON.parse(changes)
      assert.equal((await resultOfPerson(matchingId, Number(id)))!.postCode, post)
    }
  })

  test('two decline at once: neither stands in the result, and nobody is sent away', async ({
    assert,
  }) => {
    const round = await givenFreePlaces([])
    const refusals = await together([
      await answering(round, 0, declinePlace),
      await answering(round, 1, declinePlace),
      await answering(round, 2, declinePlace),
    ])
    assert.deepEqual(refusals, [])
    const { matchingId } = await roundById(round.roundId)
    for (const { place } of round.staff.slice(0, 3)) {
      assert.isNull((await resultOfPerson(matchingId, place.id))?.postCode ?? null)
    }
  })
})
