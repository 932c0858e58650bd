import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import type { Actor } from '#shared/actor'
import { dbChecksPort } from '#shared/ports/db_checks'
import { postMovement } from '#organization/actions/quota/post_movement'
import { quotaBalances } from '#organization/queries/quota_balances'
import { inTransaction } from '#shared/database'
import { createEvent, type EventInput } from '#people/actions/save_event'
import { approveEvent, submitEvent } from '#people/actions/move_event'
import { executeEvent } from '#people/actions/execute_event'
import { runDueEvents } from '#people/jobs/due_events'
import { eventById } from '#people/queries/events'
import { joinersAndLeavers } from '#people/queries/joiners_leavers'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenDocument,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'

async function givenVacantSeats(unitId: number, seats: number) {
  const actor = await givenActor({ role: 'hr_officer' })
  const place = { unitId, fundingType: 'full' as const, category: 'professional' as const }
  const documentId = await givenDocument()
  await inTransaction((trx) =>
    postMovement(trx, actor, {
      key: `opening:${unitId}`,
      kind: 'opening',
      effectiveOn: '2020-01-01',
      documentId,
      entries: [
        { ...place, account: 'issued', amount: -seats },
        { ...place, account: 'vacant', amount: seats },
      ],
    })
  )
}

const hireOf = (personId: number, unitId: number): EventInput => ({
  kind: 'hire',
  personId,
  unitId,
  effectiveOn: '2026-06-01',
  untilOn: null,
  documentNo: '人发〔2026〕1号',
  reason: null,
  details: { employmentType: 'establishment', fundingType: 'full', grade: 'professional_10' },
})

async function throughApproval(input: EventInput, officer: Actor, head: Actor): Promise<number> {
  const eventId = await createEvent(input, officer)
  await submitEvent({ eventId, version: 1 }, officer)
  await approveEvent({ eventId, version: 2 }, head)
  return eventId
}

async function seatsOf(unitId: number) {
  const rows = await quotaBalances({ unitIds: [unitId] })
  const row = rows.find(({ category }) => category === 'professional')!
  return [row.filled, row.vacant]
}

test.group('Personnel events', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze('2026-06-01'))
  group.each.teardown(() => clock.release())

  test('a hire fills a seat and a resignation vacates it, each with its assignment', async ({
    assert,
  }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    const head = await givenActor({ role: 'hr_head' })
    const unitId = await givenUnit()
    await givenVacantSeats(unitId, 1)
    const personId = await givenPerson()
    await executeEvent(
      { eventId: await throughApproval(hireOf(personId, unitId), officer, head) },
      head
    )
    assert.deepEqual(await seatsOf(unitId), [1, 0])

    clock.freeze('2026-09-15')
    const leaving = await throughApproval(
      {
        ...hireOf(personId, unitId),
        kind: 'resign',
        unitId: null,
        effectiveOn: '2026-09-15',
        details: {},
      },
      officer,
      head
    )
    assert.equal(await runDueEvents(), 1)
    assert.equal((await eventById(leaving))!.state, 'done')
    assert.deepEqual(await seatsOf(unitId), [0, 1])
    assert.lengthOf(await rowsOf('assignments', { person_id: personId, open_main: 1 }), 0)
    const [closed] = (await rowsOf('assignments', { person_id: personId })).filter(
      (row) => row.superseded_by === null
    )
    assert.equal(closed.valid_to, '2026-09-15')
    assert.equal(closed.paid_through, '2026-09')

    const june = await joinersAndLeavers('2026-06', 'all')
    const september = await joinersAndLeavers('2026-09', 'all')
    assert.deepEqual([june.joiners.length, september.leavers.length], [1, 1])
    for (const { name, findings } of await dbChecksPort.run()) assert.deepEqual(findings, [], name)
  })

  test('without a vacant seat a hire is not approved', async ({ assert }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    const head = await givenActor({ role: 'hr_head' })
    const unitId = await givenUnit()
    const approval = throughApproval(hireOf(await givenPerson(), unitId), officer, head)
    await assert.rejects(() => approval, /no_room/)
    const [event] = await rowsOf('personnel_events')
    assert.include(event, { state: 'submitted', approved_by: null })
    assert.lengthOf(await rowsOf('quota_movements'), 0)
  })

  test('the same event executed twice has one effect', async ({ assert }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    const head = await givenActor({ role: 'hr_head' })
    const unitId = await givenUnit()
    await givenVacantSeats(unitId, 2)
    const eventId = await throughApproval(hireOf(await givenPerson(), unitId), officer, head)
    await Promise.allSettled([executeEvent({ eventId }, head), executeEvent({ eventId }, head)])
    await executeEvent({ eventId }, head)
    assert.deepEqual(await seatsOf(unitId), [1, 1])
  })

  test('who prepared it does not approve it', async ({ assert }) => {
    const both = await givenActor({ role: 'hr_head' })
    const unitId = await givenUnit()
    const eventId = await createEvent(hireOf(await givenPerson(), unitId), both)
    await submitEvent({ eventId, version: 1 }, both)
    await assert.rejects(() => approveEvent({ eventId, version: 2 }, both), /own_event/)
  })

  test('what is wrong is said at its field and nothing is written', async ({ assert, client }) => {
    const unitId = await givenUnit()
    const personId = await givenPerson()
    const officer = await givenUser({ role: 'hr_officer' })
    const response = await client
      .post('/people/events')
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({
        kind: 'hire',
        person_id: personId,
        unit_id: unitId,
        effective_on: '2026-06-01',
        employment_type: 'establishment',
      })
    assert.properties(response.flashMessage('inputErrorsBag'), ['funding_type', 'grade'])
    assert.lengthOf(await rowsOf('personnel_events'), 0)
  })

  test('a stranger is refused and the event stays as it is', async ({ client, assert }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    const unitId = await givenUnit()
    const eventId = await createEvent(hireOf(await givenPerson(), unitId), officer)
    const before = await rowsOf('personnel_events')
    const stranger = await givenUser({ role: 'hr_officer', unitId: await givenUnit() })
    const page = await client.get(`/people/events/${eventId}`).loginAs(stranger)
    page.assertStatus(403)
    for (const verb of ['submission', 'approval', 'return', 'withdrawal', 'execution']) {
      const response = await client
        .post(`/people/events/${eventId}/${verb}`)
        .loginAs(stranger)
        .withCsrfToken()
        .redirects(0)
        .form({ version: 1 })
      response.assertStatus(403)
    }
    assert.deepEqual(await rowsOf('personnel_events'), before)
  })

  test('the pages open in both languages', async ({ client }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    const personId = await givenPerson()
    for (const path of [
      '/people/events',
      '/people/changes?month=2026-06',
      '/people/events/create',
      `/people/events/create?kind=hire&person=${personId}`,
    ]) {
      const response = await client.get(path).loginAs(officer).withPlainCookie('locale', 'en')
      response.assertStatus(200)
    }
  })
})
