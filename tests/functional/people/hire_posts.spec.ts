import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { approveEvent, submitEvent, withdrawEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import type { EventDetails } from '#people/domain/event_details'
import { eventById } from '#people/queries/events'
import {
  checkAndSubmit,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenPost,
  givenSeats,
  givenSeatsLine,
  givenStaff,
  TODAY,
  versionOf,
} from '#tests/functional/transfers/givens'
import { checkBatch } from '#transfers/actions/check_batch'
import { linesOf } from '#transfers/queries/lines'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenPerson,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'

async function hire(unitId: number, details: EventDetails, effectiveOn = TODAY) {
  const event = {
    kind: 'hire' as const,
    unitId,
    effectiveOn,
    untilOn: null,
    reason: null,
    details,
    personId: await givenPerson(),
    documentNo: '人发〔2022〕1号',
  }
  return createEvent(event, await givenActor({ role: 'hr_officer' }))
}

async function approved(eventId: number) {
  await submitEvent({ eventId, version: 1 }, await givenActor({ role: 'hr_officer' }))
  await approveEvent({ eventId, version: 2 }, await givenActor({ role: 'hr_head' }))
  return eventId
}

/** Field and reason of each refusal; empty: it went through. */
async function refusedFor(work: Promise<unknown>): Promise<string[]> {
  const error: any = await work.then(() => null).catch((caught) => caught)
  return (error?.fields ?? []).map(({ field, code }: any) => `${field}: ${code.split('.').at(-1)}`)
}

test.group('What a hire asks of its post', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('it is open on the day, for that employment and grade', async ({ assert }) => {
    const unitId = await givenUnit()
    const range = { grade_top: 'professional_5', grade_bottom: 'professional_10' }
    const postId = await givenPost(unitId, { employment_type: 'contract', ...range })
    const closed = await givenPost(unitId, { employment_type: null, valid_to: TODAY })
    const contract = { employmentType: 'contract', postId, grade: 'professional_8' } as const
    const cases: Array<[EventDetails, string[]]> = [
      [{ ...contract, postId: closed }, ['post_id: post_closed']],
      [
        { ...contract, employmentType: 'establishment', fundingType: 'full' },
        ['employment_type: post_employment'],
      ],
      [{ ...contract, grade: 'professional_11' }, ['grade: grade_unfit']],
      [{ ...contract, grade: null }, ['grade: grade_unfit']],
      [contract, []],
    ]
    for (const [details, reasons] of cases) {
      assert.deepEqual(await refusedFor(hire(unitId, details)), reasons)
    }
    assert.lengthOf(await rowsOf('personnel_events'), 1)
  })

  test('its last place, taken by others before the day, is not given again: the page says so', async ({
    assert,
    client,
  }) => {
    const unitId = await givenUnit()
    const post = { name: '记者', employment_type: 'contract', headcount: 2 }
    const postId = await givenPost(unitId, post)
    const details = { employmentType: 'contract', postId } as const
    const eventId = await approved(await hire(unitId, details))
    for (const personId of [await givenPerson(), await givenPerson()]) {
      await givenAssignment(personId, unitId, { post_id: postId })
    }
    for (const [locale, text] of [
      ['zh-CN', '岗位「记者」已无名额：共 2 个，在岗 2 人，办理中的批次和双向选择占用 0 个'],
      [
        'en',
        'Post "记者" has no place left: 2 places, 2 held, 0 claimed by batches and selection rounds under way',
      ],
    ]) {
      const answer = await client
        .post(`/people/events/${eventId}/execution`)
        .loginAs(await givenUser({ role: 'hr_head', row: { locale } }))
        .withCsrfToken()
        .redirects(0)
        .form({ version: 3 })
      assert.equal(answer.flashMessage('error'), text)
    }
    assert.equal((await eventById(eventId))!.state, 'approved')
    assert.lengthOf(await rowsOf('assignments', { post_id: postId }), 2)
    await withdrawEvent({ eventId, version: 3 }, await givenActor({ role: 'hr_officer' }))
    assert.deepEqual(await refusedFor(hire(unitId, details)), ['post_id: headcount_full'])
  })

  test('a place that a batch under way will fill is not free', async ({ assert }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    await rowsOf('posts', { id: city.centrePost }).update({ headcount: 1 })
    const hireThere = () =>
      hire(city.centre, {
        employmentType: 'establishment',
        fundingType: 'full',
        grade: 'professional_10',
        postId: city.centrePost,
      })
    assert.deepEqual(await refusedFor(hireThere()), [])
    assert.isTrue((await checkAndSubmit(batchId, office.officer)).passed)
    assert.deepEqual(await refusedFor(hireThere()), ['post_id: headcount_full'])
  })

  const place: EventDetails = {
    employmentType: 'establishment',
    fundingType: 'full',
    grade: 'professional_10',
  }

  test('a place that an approved hire will take later is not free for a batch', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    const { personId } = await givenStaff(city.tv, { post_id: city.editor })
    await givenSeats(city.centre, 1)
    await rowsOf('posts', { id: city.centrePost }).update({ headcount: 1 })
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    const check = async () => {
      await checkBatch({ batchId, version: await versionOf(batchId) }, office.officer)
      const lines = await linesOf(batchId)
      const line = lines.find((one) => one.personId === personId)!
      return line.findings.map(({ code }) => code)
    }
    const eventId = await hire(city.centre, { ...place, postId: city.centrePost }, '2022-03-20')
    assert.deepEqual(await check(), [], 'a draft promises nothing')
    await approved(eventId)
    assert.deepEqual(await check(), ['headcount_full'])
    await withdrawEvent({ eventId, version: 3 }, await givenActor({ role: 'hr_officer' }))
    assert.deepEqual(await check(), [])

    // Whoever was recruited is on record already and begins after the batch.
    const values = { post_id: city.centrePost, valid_from: '2022-04-01' }
    await givenAssignment(await givenPerson(), city.centre, values)
    assert.deepEqual(await check(), ['headcount_full'])
  })

  test('a batch that came between submission and approval of a hire stops the approval', async ({
    assert,
  }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenStaff(city.tv, { post_id: city.editor })
    await givenSeats(city.centre, 1)
    await rowsOf('posts', { id: city.centrePost }).update({ headcount: 1 })
    const eventId = await hire(city.centre, { ...place, postId: city.centrePost }, '2022-03-20')
    await submitEvent({ eventId, version: 1 }, await givenActor({ role: 'hr_officer' }))
    const batchId = await givenBatch(office.officer)
    await givenLines(batchId, city, office.officer)
    assert.isTrue((await checkAndSubmit(batchId, office.officer)).passed)
    const head = await givenActor({ role: 'hr_head' })
    assert.deepEqual(await refusedFor(approveEvent({ eventId, version: 2 }, head)), [
      'post_id: headcount_full',
    ])
    assert.equal((await eventById(eventId))!.state, 'submitted')
  })

  test('nor is its seat, which its approval has reserved', async ({ assert }) => {
    const city = await givenCity()
    const office = await givenPeopleOfOffice()
    await givenSeats(city.tv, 2)
    const batchId = await givenBatch(office.officer)
    await givenSeatsLine(batchId, city, office.officer, 2)
    const check = async () => {
      await checkBatch({ batchId, version: await versionOf(batchId) }, office.officer)
      const [line] = await linesOf(batchId)
      return line.findings.map(({ code, params }) => [code, params.there])
    }
    assert.deepEqual(await check(), [])
    await approved(await hire(city.tv, place, '2022-03-20'))
    assert.deepEqual(await check(), [['vacant_missing', 1]])
  })

  test('posts of one name are told apart by whom they are for', async ({ client, assert }) => {
    const { tv, editor } = await givenCity()
    await givenPost(tv, { name: '摄像', employment_type: 'establishment' })
    await givenPost(tv, { name: '摄像', employment_type: 'contract' })
    const personId = await givenPerson()
    const assignmentId = await givenAssignment(personId, tv, { post_id: editor })
    const user = await givenUser({ role: 'hr_officer' })
    for (const url of [
      `/people/events/create?kind=hire&person=${personId}`,
      `/people/assignments/${assignmentId}/edit`,
    ]) {
      const page = (await client.get(url).loginAs(user)).text()
      assert.match(page, /摄像 \(在编\)/)
      assert.match(page, /摄像 \(编外\)/)
    }
  })
})
