import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import type { FundingType } from '#organization/domain/codes'
import { expireRequests } from '#organization/actions/quota_requests/expire_requests'
import {
  approveRequest,
  giveUpRequest,
  submitRequest,
} from '#organization/actions/quota_requests/move_request'
import { createRequest } from '#organization/actions/quota_requests/save_request'
import { quotaBalances } from '#organization/queries/quota_balances'
import { executeEvent } from '#people/actions/execute_event'
import { approveEvent, returnEvent, submitEvent, withdrawEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import { eventHoldings } from '#people/actions/unit_holdings'
import type { EventDetails } from '#people/domain/event_details'
import { eventById } from '#people/queries/events'
import { givenSeats } from '#tests/functional/organization/givens'
import { insert } from '#tests/functional/permissions/world'
import { givenPost } from '#tests/functional/transfers/givens'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenDocument,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'

const TODAY = '2026-06-01'

const officer = () => givenActor({ role: 'hr_officer' })
const head = () => givenActor({ role: 'hr_head' })

async function drafted(unitId: number, details: EventDetails, effectiveOn = '2026-07-01') {
  const event = {
    kind: 'hire' as const,
    unitId,
    effectiveOn,
    untilOn: null,
    reason: null,
    details,
    personId: await givenPerson(),
    documentNo: '人发〔2026〕1号',
  }
  return createEvent(event, await officer())
}

async function submitted(unitId: number, details: EventDetails, effectiveOn?: string) {
  const eventId = await drafted(unitId, details, effectiveOn)
  await submitEvent({ eventId, version: 1 }, await officer())
  return eventId
}

const approve = async (eventId: number) => approveEvent({ eventId, version: 2 }, await head())

async function approved(unitId: number, details: EventDetails, effectiveOn?: string) {
  const eventId = await submitted(unitId, details, effectiveOn)
  await approve(eventId)
  return eventId
}

/** Reasons of a refusal with the events that it names; empty: it went through. */
async function refusedFor(work: Promise<unknown>): Promise<string[]> {
  const error: any = await work.then(() => null).catch((caught) => caught)
  if (!error) return []
  if (!error.key) throw error
  const reasons = error.fields.length ? error.fields : [{ code: error.key, params: error.params }]
  return reasons.map(({ code, params }: any) =>
    [code.split('.').at(-1), params?.events].filter(Boolean).join(' ')
  )
}

const numberOf = async (eventId: number) => (await eventById(eventId))!.number

/** Vacant, reserved and filled seats of a unit, all categories together. */
async function seatsOf(unitId: number) {
  const rows = await quotaBalances({ unitIds: [unitId] })
  const sum = (kind: 'vacant' | 'reserved' | 'filled') =>
    rows.reduce((total, row) => total + row[kind], 0)
  return [sum('vacant'), sum('reserved'), sum('filled')]
}

const seat: EventDetails = {
  employmentType: 'establishment',
  fundingType: 'full',
  grade: 'professional_10',
}

test.group('What an approved hire has the promise of', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('the last place of a post: no other hire is drafted, submitted or approved for it', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const postId = await givenPost(unitId, { employment_type: 'contract', headcount: 1 })
    const place = { employmentType: 'contract', postId } as const
    const draft = await drafted(unitId, place)
    const waiting = await submitted(unitId, place, '2026-06-10')
    const first = await approved(unitId, place)
    const reason = [`headcount_full ${await numberOf(first)}`]
    // whether the other one begins before or after
    assert.deepEqual(await refusedFor(drafted(unitId, place, '2026-06-10')), reason)
    assert.deepEqual(await refusedFor(drafted(unitId, place, '2026-08-01')), reason)
    const submit = async () => submitEvent({ eventId: draft, version: 1 }, await officer())
    assert.deepEqual(await refusedFor(submit()), reason)
    assert.deepEqual(await refusedFor(approve(waiting)), reason)
    assert.equal((await eventById(waiting))!.state, 'submitted')

    await withdrawEvent({ eventId: first, version: 3 }, await officer())
    assert.deepEqual(await refusedFor(approve(waiting)), [])
    clock.freeze('2026-06-10')
    await executeEvent({ eventId: waiting }, await head())
    assert.lengthOf(await rowsOf('assignments', { post_id: postId, open_main: 1 }), 1)
  })

  test('of two approvers at once one is told which event has the place', async ({ assert }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 2 })
    const postId = await givenPost(unitId, { employment_type: 'establishment', headcount: 1 })
    const place = { ...seat, postId }
    const events = [await submitted(unitId, place), await submitted(unitId, place)]
    const refused = await Promise.all(events.map((eventId) => refusedFor(approve(eventId))))
    const [winner] = await rowsOf('personnel_events', { state: 'approved' })
    assert.sameDeepMembers(refused, [[], [`headcount_full ${winner.number}`]])
    assert.deepEqual(await seatsOf(unitId), [1, 1, 0])
  })

  test('the page names post and event in both languages', async ({ assert, client }) => {
    const unitId = await givenUnit({ name: '报社' })
    const values = { name: '记者', employment_type: 'contract', headcount: 1 }
    const postId = await givenPost(unitId, values)
    await givenSeats(unitId, 'full', { professional: 1 })
    const place = { employmentType: 'contract', postId } as const
    const [onPost, onSeat] = [await submitted(unitId, place), await submitted(unitId, seat)]
    const postHolder = await numberOf(await approved(unitId, place))
    const seatHolder = await numberOf(await approved(unitId, seat))
    for (const [locale, post, seats] of [
      [
        'zh-CN',
        `岗位「记者」已无名额：共 1 个，在岗 0 人，办理中的批次和双向选择占用 0 个，待到任人员占用 1 个（${postHolder}）`,
        `报社（全额拨款）已无空编：已批准待到任的聘用占用了空编（${seatHolder}）`,
      ],
      [
        'en',
        `Post "记者" has no place left: 1 places, 0 held, 0 claimed by batches and selection rounds under way, 1 promised to who begins later (${postHolder})`,
        `报社 (fully funded) has no vacant seat left: approved hires hold it (${seatHolder})`,
      ],
    ]) {
      const user = await givenUser({ role: 'hr_head', row: { locale } })
      for (const [eventId, text] of [
        [onPost, post],
        [onSeat, seats],
      ]) {
        const answer = await client
          .post(`/people/events/${eventId}/approval`)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form({ version: 2 })
        assert.equal(answer.flashMessage('error'), text)
      }
    }
  })

  test('the last vacant seat: reserved by the approval, filled on its day', async ({ assert }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 1 })
    const [draft, waiting] = [await drafted(unitId, seat), await submitted(unitId, seat)]
    const first = await approved(unitId, seat, TODAY)
    assert.deepEqual(await seatsOf(unitId), [0, 1, 0])
    const reason = [`seat_taken ${await numberOf(first)}`]
    const submit = async () => submitEvent({ eventId: draft, version: 1 }, await officer())
    assert.deepEqual(await refusedFor(submit()), reason)
    assert.deepEqual(await refusedFor(approve(waiting)), reason)
    assert.deepEqual(await seatsOf(unitId), [0, 1, 0])
    await executeEvent({ eventId: first }, await head())
    assert.deepEqual(await seatsOf(unitId), [0, 0, 1])
    assert.deepEqual(await refusedFor(approve(waiting)), ['no_room'])
  })

  test('of two approvers at once one has the seat', async ({ assert }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 1 })
    const events = [await submitted(unitId, seat), await submitted(unitId, seat)]
    const refused = await Promise.all(events.map((eventId) => refusedFor(approve(eventId))))
    const [winner] = await rowsOf('personnel_events', { state: 'approved' })
    assert.sameDeepMembers(refused, [[], [`seat_taken ${winner.number}`]])
    assert.deepEqual(await seatsOf(unitId), [0, 1, 0])
  })

  test('its seat is free again however it leaves, also one of another category', async ({
    assert,
  }) => {
    const [unitId, successor] = [await givenUnit(), await givenUnit()]
    await givenSeats(unitId, 'full', { management: 1 })
    const before = await quotaBalances({ unitIds: [unitId] })
    const leave: Array<(eventId: number) => Promise<unknown>> = [
      async (eventId) => withdrawEvent({ eventId, version: 3 }, await officer()),
      async (eventId) => returnEvent({ eventId, version: 3, comment: '缓办' }, await head()),
      (eventId) => inTransaction((trx) => eventHoldings.settle(eventId, successor, TODAY, trx)),
      (eventId) => inTransaction((trx) => eventHoldings.settle(eventId, null, TODAY, trx)),
    ]
    for (const goes of leave) {
      const eventId = await approved(unitId, seat)
      assert.deepEqual(await seatsOf(unitId), [0, 1, 0])
      await goes(eventId)
      assert.deepEqual(
        (await quotaBalances({ unitIds: [unitId] })).filter(({ authorised }) => authorised),
        before
      )
    }
    // One that came back is approved again, and reserves again.
    const [returned] = await rowsOf('personnel_events', { state: 'returned' })
    await submitEvent({ eventId: returned.id, version: 4 }, await officer())
    await approveEvent({ eventId: returned.id, version: 5 }, await head())
    assert.deepEqual(await seatsOf(unitId), [0, 1, 0])
  })

  test('an exception lets in above the quota as many as it was approved for', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 1 })
    await givenException(unitId, 'full', 1)
    const over = { ...seat, allowOver: true }
    const events = [await submitted(unitId, over), await submitted(unitId, over)]
    const third = await submitted(unitId, over, TODAY)
    // The first has the vacant seat, the second the exception.
    for (const eventId of events) assert.deepEqual(await refusedFor(approve(eventId)), [])
    assert.deepEqual(await seatsOf(unitId), [0, 1, 0])
    const reason = [`exception_taken ${await numberOf(events[1])}`]
    assert.deepEqual(await refusedFor(approve(third)), reason)
    await withdrawEvent({ eventId: events[1], version: 3 }, await officer())
    await approve(third)
    await executeEvent({ eventId: third }, await head())
    const [row] = await quotaBalances({ unitIds: [unitId] })
    assert.include(row, { vacant: 0, reserved: 1, over: 1 })
    const late = submitted(unitId, over)
    assert.deepEqual(await refusedFor(late), ['no_exception'])
  })

  test('a seat of a request: as many hires as it was approved for', async ({ assert }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 2 })
    const quotaRequestId = await givenRequest(unitId, 1)
    const byRequest = { ...seat, quotaRequestId }
    const waiting = await submitted(unitId, byRequest)
    const first = await approved(unitId, byRequest, TODAY)
    assert.deepEqual(await seatsOf(unitId), [1, 1, 0], 'the request has reserved it')
    const reason = [`request_promised ${await numberOf(first)}`]
    assert.deepEqual(await refusedFor(drafted(unitId, byRequest)), reason)
    assert.deepEqual(await refusedFor(approve(waiting)), reason)
    await withdrawEvent({ eventId: first, version: 3 }, await officer())
    assert.deepEqual(await refusedFor(approve(waiting)), [])
    clock.freeze('2026-07-01')
    await executeEvent({ eventId: waiting }, await head())
    assert.deepEqual(await seatsOf(unitId), [1, 0, 1])
  })

  test('a request that it counts on is not given up, and lasts beyond its expiry', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 2 })
    const quotaRequestId = await givenRequest(unitId, 2)
    const byRequest = { ...seat, quotaRequestId }
    const first = await approved(unitId, byRequest, '2026-12-31')
    const second = await approved(unitId, byRequest, '2026-12-31')
    const late = drafted(unitId, byRequest, '2027-01-01')
    assert.deepEqual(await refusedFor(late), ['request_expires'])
    const giveUp = async () =>
      giveUpRequest({ requestId: quotaRequestId, version: 3 }, await officer())
    const names = `${await numberOf(first)}、${await numberOf(second)}`
    assert.deepEqual(await refusedFor(giveUp()), [`request_claimed ${names}`])

    clock.freeze('2027-01-05')
    assert.equal(await expireRequests(), 0)
    await executeEvent({ eventId: first }, await head())
    assert.equal(await expireRequests(), 0, 'the second one counts on it')
    await withdrawEvent({ eventId: second, version: 3 }, await officer())
    assert.equal(await expireRequests(), 1)
    assert.deepEqual(await seatsOf(unitId), [1, 0, 1])
  })

  test('a request is given up when the hire that counts on it was withdrawn', async ({
    assert,
    client,
  }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: 1 })
    const quotaRequestId = await givenRequest(unitId, 1)
    const eventId = await approved(unitId, { ...seat, quotaRequestId })
    const user = await givenUser({ role: 'hr_officer', row: { locale: 'en' } })
    const giveUp = () =>
      client
        .post(`/organization/quota-requests/${quotaRequestId}/release`)
        .loginAs(user)
        .withCsrfToken()
        .redirects(0)
        .form({ version: 3 })
    const [request] = await rowsOf('quota_requests')
    assert.equal(
      (await giveUp()).flashMessage('error'),
      `Request ${request.number} cannot be given up: approved hires or plans under way count on its seats (${await numberOf(eventId)}).`
    )
    await withdrawEvent({ eventId, version: 3 }, await officer())
    await giveUp()
    assert.equal((await rowsOf('quota_requests'))[0].state, 'released')
    assert.deepEqual(await seatsOf(unitId), [1, 0, 0])
  })
})

async function givenException(unitId: number, fundingType: FundingType, quantity: number) {
  await insert('quota_exceptions', {
    unit_id: unitId,
    funding_type: fundingType,
    category: 'professional',
    quantity,
    used: 0,
    reason: '引进人才',
    state: 'approved',
    document_id: await givenDocument(),
  })
}

async function givenRequest(unitId: number, quantity: number): Promise<number> {
  const author = await officer()
  const requestId = await createRequest(
    {
      unitId,
      fundingType: 'full',
      category: 'professional',
      postId: null,
      quantity,
      reason: '招聘记者',
      expiresOn: '2026-12-31',
    },
    author
  )
  await submitRequest({ requestId, version: 1 }, author)
  const documentId = await givenDocument()
  const approver = await givenActor({ role: 'establishment_approver' })
  await approveRequest({ requestId, version: 2, documentId }, approver)
  return requestId
}
