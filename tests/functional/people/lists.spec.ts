import { test } from '@japa/runner'
import { buildActor } from '#accounts/queries/build_actor'
import { createEvent } from '#people/actions/save_event'
import { submitEvent } from '#people/actions/move_event'
import { peopleInbox } from '#people/queries/people_inbox'
import { placesOf } from '#people/queries/places'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenPerson, givenUnit, givenUser } from '#tests/support/givens'
import { givenCopies } from '#tests/support/lists'
import { givenDepartment, givenPost } from '../performance/givens.js'

test.group('Lists of people end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze('2026-06-01'))
  group.each.teardown(() => clock.release())

  test('an event of the own unit waits behind however many of another', async ({ assert }) => {
    const [here, there] = [await givenUnit(), await givenUnit()]
    const officer = await givenActor({ role: 'hr_officer' })
    const input = {
      kind: 'hire' as const,
      personId: await givenPerson(),
      unitId: here,
      effectiveOn: '2026-06-01',
      untilOn: null,
      documentNo: '人发〔2026〕1号',
      reason: null,
      details: { employmentType: 'contract' as const },
    }
    const eventId = await createEvent(input, officer)
    await submitEvent({ eventId, version: 1 }, officer)
    await givenCopies('personnel_events', 210, (index) => ({
      number: `SJ-${index}`,
      unit_id: there,
      effective_on: '2026-05-01',
    }))
    const head = await givenUser({ role: 'hr_head', unitId: here })
    const items = await peopleInbox(await buildActor(head.id), (key) => key)
    assert.deepEqual(
      items.map(({ url }) => url),
      [`/people/events/${eventId}`]
    )
  })

  test('every pair of records that look alike is named', async ({ assert, client }) => {
    for (let index = 0; index < 22; index++) {
      for (let twice = 0; twice < 2; twice++) await givenPerson({ name: `同名${index}号` })
    }
    const head = await givenUser({ role: 'hr_head' })
    const page = (await client.get('/people/merges').loginAs(head)).text()
    for (let index = 0; index < 22; index++) assert.include(page, `同名${index}号`)
  })

  test('a hire may take every post of the scope', async ({ assert }) => {
    const unitId = await givenUnit()
    const postId = await givenPost(unitId, await givenDepartment(unitId), { code: 'Z999' })
    await givenCopies('posts', 510, (index) => ({ code: `A${index}`, name: `岗${index}` }))
    const { posts } = await placesOf([unitId], '2026-06-01', (type) => type)
    assert.lengthOf(posts, 511)
    assert.equal(posts.at(-1)!.value, postId)
  })
})
