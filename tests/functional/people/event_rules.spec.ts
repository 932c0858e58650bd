import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Row } from '#shared/database'
import { freezePort } from '#shared/ports/freeze'
import { inboxPort } from '#shared/ports/inbox'
import { ensureDepartment } from '#organization/actions/ensure_department'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { holdForDecision } from '#decisions/actions/hold'
import { approveRequest, submitRequest } from '#organization/actions/quota_requests/move_request'
import { createRequest } from '#organization/actions/quota_requests/save_request'
import { quotaBalances } from '#organization/queries/quota_balances'
import { createPerson } from '#people/actions/create_person'
import { editEvent } from '#people/actions/edit_event'
import { executeEvent } from '#people/actions/execute_event'
import { approveEvent, returnEvent, submitEvent } from '#people/actions/move_event'
import { createEvent, type EventInput } from '#people/actions/save_event'
import { eventById } from '#people/queries/events'
import { joinersAndLeavers } from '#people/queries/joiners_leavers'
import { givenSeats } from '#tests/functional/organization/givens'
import { emptyDatabase } from '#tests/support/database'
import {
  givenActor,
  givenAssignment,
  givenDocument,
  givenUnit,
  givenUser,
  rowsOf,
} from '#tests/support/givens'
import { downloadedRows } from '#tests/support/workbooks'

const TODAY = '2026-06-01'
const system = Actor.system('test')

const given = async (values: Partial<Parameters<typeof createPerson>[0]> = {}) =>
  createPerson({ name: '王芳', sex: 'male', birthOn: '1985-05-05', ...values }, system)

const eventOf = (personId: number, values: Partial<EventInput>): EventInput => ({
  kind: 'resign',
  personId,
  unitId: null,
  effectiveOn: TODAY,
  untilOn: null,
  documentNo: '人发〔2026〕1号',
  reason: null,
  details: {},
  ...values,
})

/** Through both hands and done. */
async function carriedOut(input: EventInput) {
  const officer = await givenActor({ role: 'hr_officer' })
  const head = await givenActor({ role: 'hr_head' })
  const eventId = await createEvent(input, officer)
  await submitEvent({ eventId, version: 1 }, officer)
  await approveEvent({ eventId, version: 2 }, head)
  await executeEvent({ eventId }, head)
  return eventId
}

/** What an event is refused for: its key and the fields. */
async function refusal(work: Promise<unknown>) {
  const error: any = await work.then(() => null).catch((caught) => caught)
  return error && { key: error.key, fields: (error.fields ?? []).map((item: any) => item.code) }
}

test.group('Rules of personnel events', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('a retirement falls on its date, or deviates by a document within bounds', async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    // a man of 1966-01: 60 years and 4 months, so until the end of May
    const personId = await given({ birthOn: '1966-01-20' })
    await givenAssignment(personId, unitId)
    const retire = (effectiveOn: string, deviates = false) =>
      createEvent(eventOf(personId, { kind: 'retire', effectiveOn, details: { deviates } }), system)
    assert.deepEqual((await refusal(retire('2026-07-01')))!.fields, [
      'people.errors.not_retirement_date',
    ])
    assert.deepEqual((await refusal(retire('2026-07-02', true)))!.fields, [
      'people.errors.not_first_of_month',
    ])
    assert.deepEqual((await refusal(retire('2031-06-01', true)))!.fields, [
      'people.errors.deviation_too_long',
    ])
    assert.isNull(await refusal(retire('2026-06-01')))
    assert.isNull(await refusal(retire('2027-06-01', true)))
    const unknown = await given({ birthOn: null })
    await givenAssignment(unknown, unitId)
    const missing = createEvent(eventOf(unknown, { kind: 'retire' }), system)
    assert.deepEqual((await refusal(missing))!.fields, ['people.errors.birth_unknown'])
  })

  test('a held row stops the event by name, at every step', async ({ assert }) => {
    const personId = await given()
    await givenAssignment(personId, await givenUnit())
    const eventId = await createEvent(eventOf(personId, {}), system)
    await inTransaction((trx) =>
      holdForDecision(trx, system, {
        code: 'held-1',
        subjectType: 'person',
        subjectId: personId,
        evidence: {},
      })
    )
    const submitted = await refusal(submitEvent({ eventId, version: 1 }, system))
    assert.equal(submitted!.key, 'people.errors.held')
    const another = await refusal(createEvent(eventOf(personId, {}), system))
    assert.equal(another!.key, 'people.errors.held')
    await db.from('personnel_events').update({ state: 'approved' })
    const done = await refusal(executeEvent({ eventId }, system))
    assert.equal(done!.key, 'people.errors.held')
    assert.lengthOf(await rowsOf('assignments'), 1)
  })

  test('discipline stops a hire and never a resignation', async ({ assert }) => {
    const unitId = await givenUnit()
    const asked: string[] = []
    let frozen = true
    freezePort.register(async ({ act, unitIds, allowed }) => {
      if (!unitIds.includes(unitId) || allowed) return null
      asked.push(act)
      return frozen ? { code: 'people.errors.held', params: { name: '冻结' } } : null
    })
    const details = { employmentType: 'contract' as const }
    const eventId = await createEvent(
      eventOf(await given(), { kind: 'hire', unitId, details }),
      system
    )
    assert.isNotNull(await refusal(submitEvent({ eventId, version: 1 }, system)))
    assert.equal((await eventById(eventId))!.state, 'draft')

    const leaver = await given()
    await givenAssignment(leaver, unitId)
    await carriedOut(eventOf(leaver, {}))
    assert.deepEqual(asked, ['people.hire'])
    frozen = false
  })

  test('a secondment opens a second assignment; coming back or leaving ends it', async ({
    assert,
  }) => {
    const [home, away] = [await givenUnit(), await givenUnit()]
    for (const ending of ['return', 'resign'] as const) {
      const personId = await given()
      await givenAssignment(personId, home)
      const out = await carriedOut(
        eventOf(personId, { kind: 'secondment', details: { toUnitId: away } })
      )
      const open = () => rowsOf('assignments', { person_id: personId, live: 1, valid_to: null })
      assert.deepEqual(
        (await open()).map((row: Row) => [row.kind, row.unit_id]),
        [
          ['main', home],
          ['secondary', away],
        ]
      )
      clock.freeze('2026-08-01')
      const details = ending === 'return' ? { returnsFrom: out } : {}
      await carriedOut(eventOf(personId, { kind: ending, effectiveOn: '2026-08-01', details }))
      const left = (await open()).map((row: Row) => row.kind)
      assert.deepEqual(left, ending === 'return' ? ['main'] : [])
      clock.freeze(TODAY)
    }
  })

  test("a hire by a request takes that request's seat and no other", async ({ assert }) => {
    const [unitId, other] = [await givenUnit(), await givenUnit()]
    await givenSeats(unitId, 'full', { professional: 2 })
    const officer = await givenActor({ role: 'hr_officer' })
    const approver = await givenActor({ role: 'establishment_approver' })
    const requestId = await createRequest(
      {
        unitId,
        fundingType: 'full',
        category: 'professional',
        postId: null,
        quantity: 1,
        reason: '招聘记者',
        expiresOn: '2026-12-31',
      },
      officer
    )
    await submitRequest({ requestId, version: 1 }, officer)
    await approveRequest({ requestId, version: 2, documentId: await givenDocument() }, approver)
    const hire = async (values: Partial<EventInput>, details: object = {}) =>
      eventOf(await given(), {
        kind: 'hire',
        unitId,
        ...values,
        details: {
          employmentType: 'establishment',
          fundingType: 'full',
          grade: 'professional_10',
          quotaRequestId: requestId,
          ...details,
        },
      })
    for (const wrong of [
      await hire({ unitId: other }),
      await hire({}, { grade: 'management_7' }),
      await hire({}, { employmentType: 'contract' }),
      await hire({}, { quotaRequestId: 999 }),
    ]) {
      const refused = await refusal(createEvent(wrong, officer))
      assert.deepEqual(refused!.fields, ['people.errors.request_mismatch'])
    }
    await carriedOut(await hire({}))
    const [row] = await quotaBalances({ unitIds: [unitId] })
    assert.include(row, { filled: 1, reserved: 0, vacant: 1 })
    assert.equal((await rowsOf('quota_requests'))[0].state, 'filled')
    assert.isNotNull(await refusal(createEvent(await hire({}), officer)))
  })

  test('a seat from another category is said on the event', async ({ assert, client }) => {
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { management: 1 })
    const details = {
      employmentType: 'establishment',
      fundingType: 'full',
      grade: 'professional_10',
    } as const
    const eventId = await carriedOut(eventOf(await given(), { kind: 'hire', unitId, details }))
    const [warning] = (await eventById(eventId))!.details.warnings!
    assert.deepEqual(warning, { category: 'professional', missing: 1, takenFrom: 'management' })
    const page = await client
      .get(`/people/events/${eventId}`)
      .loginAs(await givenUser({ role: 'hr_officer' }))
    assert.include(page.text(), '专业技术空编不足，从管理调剂 1 个')
  })

  test('posts, units and dates that do not fit are said at their fields', async ({ assert }) => {
    const [unitId, gone] = [await givenUnit(), await givenUnit({ dissolved_on: '2026-05-01' })]
    const personId = await given()
    const placed = await given()
    await givenAssignment(placed, unitId)
    const contract = { employmentType: 'contract' as const }
    const cases: Array<[Partial<EventInput> & { personId: number }, string]> = [
      [{ personId, kind: 'hire', unitId: gone, details: contract }, 'unit_dissolved'],
      [{ personId, kind: 'hire', unitId: 999, details: contract }, 'required'],
      [{ personId, kind: 'hire', unitId, details: { ...contract, postId: 999 } }, 'post_elsewhere'],
      [{ personId: placed, kind: 'hire', unitId, details: contract }, 'already_placed'],
      [{ personId, kind: 'resign' }, 'not_placed'],
      [{ personId: placed, kind: 'secondment', details: { toUnitId: unitId } }, 'seconded_to_own'],
      [{ personId: placed, kind: 'return', details: { returnsFrom: 999 } }, 'returns_from'],
      [{ personId: placed, kind: 'dismiss' }, 'required'],
      [
        {
          personId: placed,
          kind: 'long_leave',
          untilOn: '2026-05-01',
          details: { leaveType: 'sick' },
        },
        'until_before_start',
      ],
    ]
    for (const [values, code] of cases) {
      const refused = await refusal(createEvent(eventOf(values.personId, values), system))
      assert.include(refused!.fields, `people.errors.${code}`)
    }
    assert.lengthOf(await rowsOf('personnel_events'), 0)
  })

  test('an event that came back is mended; one under way is not, a stale save is refused', async ({
    assert,
    client,
  }) => {
    const unitId = await givenUnit()
    const personId = await given()
    await givenAssignment(personId, unitId)
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const head = await givenActor({ role: 'hr_head' })
    const eventId = await createEvent(eventOf(personId, {}), system)
    await submitEvent({ eventId, version: 1 }, system)
    const values = eventOf(personId, { effectiveOn: '2026-07-01' })
    await assert.rejects(() => editEvent({ eventId, version: 2, values }, system))
    await returnEvent({ eventId, version: 2, comment: '日期有误' }, head)

    const form = await client.get(`/people/events/${eventId}/edit`).loginAs(officer)
    form.assertStatus(200)
    const save = (version: number) =>
      client
        .post(`/people/events/${eventId}/revision`)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({ version, effective_on: '2026-07-01', document_no: '人发〔2026〕2号' })
    const stale = await save(2)
    assert.isString(stale.flashMessage('error'))
    const saved = await save(3)
    saved.assertHeader('location', `/people/events/${eventId}`)
    assert.include(await eventById(eventId), {
      effectiveOn: '2026-07-01',
      documentNo: '人发〔2026〕2号',
      state: 'returned',
      version: 4,
    })
    const stranger = await givenUser({ role: 'hr_officer', unitId: await givenUnit() })
    const refused = await client
      .post(`/people/events/${eventId}/revision`)
      .loginAs(stranger)
      .withCsrfToken()
      .redirects(0)
      .form({ version: 4, effective_on: '2026-08-01' })
    refused.assertStatus(403)
    assert.equal((await eventById(eventId))!.effectiveOn, '2026-07-01')
  })

  test("nobody approves an event about himself, and it waits in the other's inbox", async ({
    assert,
  }) => {
    const unitId = await givenUnit()
    const personId = await given()
    await givenAssignment(personId, unitId)
    const eventId = await createEvent(eventOf(personId, {}), system)
    await submitEvent({ eventId, version: 1 }, system)
    const self = await givenActor({ role: 'hr_head', personId })
    const refused = await refusal(approveEvent({ eventId, version: 2 }, self))
    assert.equal(refused!.key, 'people.errors.event_about_self')
    const head = await givenActor({ role: 'hr_head', unitId })
    const items = await inboxPort.items(head, (key) => key)
    assert.include(
      items.map(({ url }) => url),
      `/people/events/${eventId}`
    )
    const elsewhere = await givenActor({ role: 'hr_head', unitId: await givenUnit() })
    const others = await inboxPort.items(elsewhere, (key) => key)
    assert.notInclude(
      others.map(({ kind }) => kind),
      'people.event'
    )
  })

  test('only who is in reach can be hired by the form', async ({ assert, client }) => {
    const [here, there] = [await givenUnit(), await givenUnit()]
    const officer = await givenUser({ role: 'hr_officer', unitId: here })
    const newcomer = await given({ name: '新人' })
    const foreign = await given({ name: '外人' })
    await givenAssignment(foreign, there, { valid_to: '2026-01-01' })
    const send = (personId: number, unitId: number) =>
      client.post('/people/events').loginAs(officer).withCsrfToken().redirects(0).form({
        kind: 'hire',
        person_id: personId,
        unit_id: unitId,
        effective_on: TODAY,
        employment_type: 'contract',
      })
    for (const answer of [await send(foreign, here), await send(newcomer, there)]) {
      answer.assertStatus(403)
    }
    const opened = await client
      .get(`/people/events/create?kind=hire&person=${foreign}`)
      .loginAs(officer)
      .redirects(0)
    opened.assertStatus(403)
    assert.notInclude(opened.text(), '外人')
    assert.lengthOf(await rowsOf('personnel_events'), 0)
    const hired = await send(newcomer, here)
    hired.assertStatus(302)
    assert.lengthOf(await rowsOf('personnel_events'), 1)
    const picked = await client
      .get('/people/persons/pick?any=1')
      .qs({ q: '新', any: 1 })
      .loginAs(officer)
    assert.deepEqual(
      picked.body().map(({ value }: any) => value),
      [newcomer]
    )
  })

  test('joiners and leavers name why, and a change inside the unit is neither', async ({
    assert,
    client,
  }) => {
    const [one, two] = [await givenUnit({ name: '报社' }), await givenUnit({ name: '中心' })]
    const leaver = await given({ name: '甲' })
    await givenAssignment(leaver, one)
    await carriedOut(eventOf(leaver, { documentNo: '退〔2026〕1号' }))
    const mover = await given({ name: '乙' })
    await givenAssignment(mover, one, { valid_to: '2026-06-15' })
    await givenAssignment(mover, two, { valid_from: '2026-06-15', source: 'transfer' })
    const inside = await given({ name: '丙' })
    await givenAssignment(inside, one, { valid_to: '2026-06-10' })
    await givenAssignment(inside, one, { valid_from: '2026-06-10', source: 'transfer' })
    const listed = await given({ name: '丁' })
    await givenAssignment(listed, one, { valid_from: '2026-06-05', source: 'roster' })

    const { joiners, leavers } = await joinersAndLeavers('2026-06', 'all')
    const short = (rows: typeof joiners) =>
      rows.map((row) => [row.name, row.unit, row.reasonKey.split('.').at(-1), row.otherUnit])
    assert.deepEqual(short(joiners), [['乙', '中心', 'transfer', '报社']])
    assert.deepEqual(short(leavers).sort(), [
      ['乙', '报社', 'transfer', '中心'],
      ['甲', '报社', 'resign', null],
    ])
    assert.equal(leavers.find(({ name }) => name === '甲')!.documentNo, '退〔2026〕1号')
    assert.lengthOf((await joinersAndLeavers('2026-06', [two])).leavers, 0)

    const auditor = await givenUser({ role: 'auditor' })
    const page = await client.get('/people/changes?month=2026-06').loginAs(auditor)
    page.assertStatus(200)
    const workbook = await client.get('/people/changes/export?month=2026-06').loginAs(auditor)
    const cells = await downloadedRows(workbook)
    assert.include(cells[1], '划转 · 报社')
    assert.lengthOf(await rowsOf('audit_events', { action: 'people.changes.exported' }), 1)
  })

  test('what a dissolved unit still holds is listed and settled', async ({ assert }) => {
    const [unitId, successor] = [await givenUnit(), await givenUnit()]
    const details = { employmentType: 'contract' as const }
    const hire = await createEvent(
      eventOf(await given(), { kind: 'hire', unitId, details }),
      system
    )
    const placed = await given()
    await givenAssignment(placed, unitId)
    const leave = await createEvent(eventOf(placed, {}), system)
    const guest = await given()
    await givenAssignment(guest, await givenUnit())
    const place = { unitId, name: '编辑部', validFrom: '2020-01-01' }
    const toDepartmentId = await inTransaction((trx) => ensureDepartment(trx, place))
    const coming = { kind: 'secondment' as const, details: { toUnitId: unitId, toDepartmentId } }
    await carriedOut(eventOf(guest, coming))
    const [next, own] = [await given(), await given()]
    await givenAssignment(next, await givenUnit())
    await givenAssignment(own, successor)
    const planned = await createEvent(eventOf(next, coming), system)
    const ownPlanned = await createEvent(eventOf(own, coming), system)
    await db.from('personnel_events').where('id', planned).update({ approved_by: 1 })

    const [secondary] = await rowsOf('assignments', { kind: 'secondary' })
    const listed = await inTransaction((trx) => unitDissolvedPort.list(unitId, trx))
    assert.deepEqual(
      listed.map(({ kind, id }) => [kind, id]),
      [
        ['personnel_event', hire],
        ['personnel_event', leave],
        ['secondment_event', planned],
        ['secondment_event', ownPlanned],
        ['secondary_assignment', Number(secondary.id)],
      ]
    )
    await inTransaction(async (trx) => {
      for (const holding of listed) {
        await unitDissolvedPort.settle(holding, successor, '2026-07-01', trx)
      }
    })
    assert.include(await eventById(hire), { state: 'draft', unitId: successor })
    assert.equal((await eventById(leave))!.state, 'withdrawn')
    const moved = (await eventById(planned))!
    assert.include(moved, { state: 'draft', version: 2 })
    assert.include(moved.details, { toUnitId: successor, toDepartmentId: null })
    assert.isNull((await rowsOf('personnel_events', { id: planned }))[0].approved_by)
    assert.equal((await eventById(ownPlanned))!.state, 'withdrawn')
    const open = await rowsOf('assignments', { kind: 'secondary', live: 1, valid_to: null })
    assert.deepEqual(
      open.map((row: Row) => [row.unit_id, row.valid_from]),
      [[successor, '2026-07-01']]
    )
    assert.lengthOf(await inTransaction((trx) => unitDissolvedPort.list(unitId, trx)), 0)
  })

  test('every form and page of events opens, hostile names stay text', async ({
    assert,
    client,
  }) => {
    const unitId = await givenUnit()
    const personId = await given({ name: '"><img src=x onerror=alert(1)>' })
    await givenAssignment(personId, unitId)
    const newcomer = await given({ name: '<b>新</b>' })
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const eventId = await createEvent(eventOf(personId, { reason: '<i>因</i>' }), system)
    const kinds = [
      'retire',
      'dismiss',
      'death',
      'transfer_out',
      'secondment',
      'long_leave',
      'return',
    ]
    const urls = [
      '/people/persons/create',
      '/people/events',
      `/people/events/${eventId}`,
      `/people/events/create?kind=hire&person=${newcomer}`,
      ...kinds.map((kind) => `/people/events/create?kind=${kind}&person=${personId}`),
    ]
    for (const url of urls) {
      for (const locale of ['zh-CN', 'en']) {
        const page = await client.get(url).loginAs(officer).withPlainCookie('locale', locale)
        page.assertStatus(200)
        assert.notMatch(page.text(), /<img src=x|<b>新|<i>因|translation missing/)
        // one choice for none
        assert.notMatch(page.text(), /<option value=""\s*>[^<]*<\/option>\s*<option value=""/)
      }
    }
  })
})
