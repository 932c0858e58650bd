import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { drainJobs, enqueueScheduled } from '#shared/jobs/queue'
import { inboxPort } from '#shared/ports/inbox'
import { buildActor } from '#accounts/queries/build_actor'
import { fillFromRequest } from '#organization/actions/quota_requests/fill_request'
import { quotaBalances } from '#organization/queries/quota_balances'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenSeats, system } from './givens.js'

test.group('Requests to use quota', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => clock.release())

  async function given(client: any, seats = 2) {
    clock.freeze('2022-03-01')
    const unitId = await givenUnit()
    await givenSeats(unitId, 'full', { professional: seats })
    await givenDocument('编办〔2022〕20号')
    const officer = await givenUser({ role: 'hr_officer' })
    const approver = await givenUser({ role: 'establishment_approver' })
    const form = {
      unit_id: unitId,
      funding_type: 'full',
      category: 'professional',
      quantity: 2,
      reason: '补充采编人员',
      expires_on: '2022-06-30',
    }
    const send = (url: string, user: any, body: object) =>
      client.post(url).loginAs(user).withCsrfToken().redirects(0).form(body)
    const create = async () => {
      await send('/organization/quota-requests', officer, form)
      return (await rowsOf('quota_requests')).at(-1)!
    }
    const move = (id: number, what: string, user: any, body: object) =>
      send(`/organization/quota-requests/${id}/${what}`, user, body)
    const figures = async () => {
      const [row] = await quotaBalances({ unitIds: [unitId] })
      return [row.filled, row.reserved, row.vacant]
    }
    const states = async () => (await rowsOf('quota_requests')).map(({ state }) => state)
    return { unitId, officer, approver, create, move, figures, states }
  }
  const document = { document_id: '编办〔2022〕20号' }

  test('submitted it reserves, approved it is used person by person, then it is filled', async ({
    client,
    assert,
  }) => {
    const { officer, approver, create, move, figures, states } = await given(client)
    const { id } = await create()
    await move(id, 'submission', officer, { version: 1 })
    assert.deepEqual(await figures(), [0, 2, 0])
    const waiting = await inboxPort.items(await buildActor(approver.id), (key) => key)
    assert.include(
      waiting.map(({ url }) => url),
      `/organization/quota-requests/${id}`
    )
    await move(id, 'approval', approver, { version: 2, ...document })
    assert.deepEqual(await states(), ['approved'])
    const page = await client.get(`/organization/quota-requests/${id}`).loginAs(officer)
    const [, line] = page.text().match(/<ol class="approvals">([\s\S]*?)<\/ol>/)!
    assert.lengthOf(line.match(/<time>[\d-]+ [\d:]+<\/time>/g)!, 2, 'asked and approved')
    const use = (key: string) =>
      fillFromRequest(
        {
          requestId: id,
          key,
          count: 1,
          effectiveOn: '2022-04-01',
          documentId: null,
          subjectType: 'personnel_event',
          subjectId: 1,
        },
        system
      )
    await use('event:1')
    await use('event:1')
    assert.deepEqual(await figures(), [1, 1, 0])
    await Promise.allSettled([use('event:2'), use('event:3')])
    assert.deepEqual(await figures(), [2, 0, 0])
    assert.deepEqual(await states(), ['filled'])
  })

  test('the last vacant quota wanted by two requests at once: one gets it, the other stays a draft', async ({
    client,
    assert,
  }) => {
    const { officer, create, move, figures, states } = await given(client, 3)
    const [one, two] = [await create(), await create()]
    await Promise.all([one, two].map(({ id }) => move(id, 'submission', officer, { version: 1 })))
    assert.sameMembers(await states(), ['submitted', 'draft'])
    assert.deepEqual(await figures(), [0, 2, 1])
  })

  test('sent twenty times it is submitted once', async ({ client, assert }) => {
    const { officer, create, move, figures } = await given(client, 9)
    const { id } = await create()
    await Promise.all(
      Array.from({ length: 20 }, () => move(id, 'submission', officer, { version: 1 }))
    )
    assert.deepEqual(await figures(), [0, 2, 7])
  })

  test('who asks does not approve; returned and withdrawn give the seats back', async ({
    client,
    assert,
  }) => {
    const { officer, approver, create, move, figures, states } = await given(client)
    await db.table('grants').insert({
      user_id: officer.id,
      role: 'establishment_approver',
      scope: 'all',
      valid_from: '2000-01-01',
      state: 'active',
      version: 1,
      created_at: clock.now(),
    })
    const { id } = await create()
    await move(id, 'submission', officer, { version: 1 })
    await move(id, 'approval', officer, { version: 2, ...document })
    assert.deepEqual(await states(), ['submitted'])
    await move(id, 'return', approver, { version: 2, comment: '理由不足' })
    assert.deepEqual([await states(), await figures()], [['returned'], [0, 0, 2]])
    await move(id, 'submission', officer, { version: 3 })
    assert.deepEqual(await figures(), [0, 2, 0])
    await move(id, 'withdrawal', officer, { version: 4 })
    assert.deepEqual([await states(), await figures()], [['withdrawn'], [0, 0, 2]])
  })

  test('a reservation ends on the day after its last, and only what was not used goes back', async ({
    client,
    assert,
  }) => {
    const { officer, approver, create, move, figures, states } = await given(client)
    const { id } = await create()
    await move(id, 'submission', officer, { version: 1 })
    await move(id, 'approval', approver, { version: 2, ...document })
    await fillFromRequest(
      {
        requestId: id,
        key: 'e',
        count: 1,
        effectiveOn: '2022-04-01',
        documentId: null,
        subjectType: 'personnel_event',
        subjectId: 1,
      },
      system
    )
    const days = async (day: string) => {
      clock.freeze(day)
      await enqueueScheduled()
      await drainJobs()
    }
    await days('2022-06-30')
    assert.deepEqual([await states(), await figures()], [['approved'], [1, 1, 0]])
    await days('2022-07-01')
    assert.deepEqual([await states(), await figures()], [['expired'], [1, 0, 1]])
    await days('2022-07-02')
    assert.deepEqual(await figures(), [1, 0, 1])
  })

  test('a draft is edited by version, and what is wrong is said at the field', async ({
    client,
    assert,
  }) => {
    const { unitId, officer, create } = await given(client)
    const { id } = await create()
    const edit = (body: object) =>
      client
        .post(`/organization/quota-requests/${id}`)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({
          unit_id: unitId,
          funding_type: 'full',
          category: 'professional',
          quantity: 1,
          reason: '改',
          expires_on: '2022-06-30',
          version: 1,
          ...body,
        })
    const past = await edit({ expires_on: '2022-03-01' })
    assert.property(past.flashMessage('inputErrorsBag'), 'expires_on')
    const none = await edit({ quantity: 0 })
    assert.property(none.flashMessage('inputErrorsBag'), 'quantity')
    await edit({})
    await edit({ reason: '迟到的修改' })
    const [row] = await rowsOf('quota_requests')
    assert.deepEqual([row.quantity, row.reason], [1, '改'])
  })
})

test.group('Over-quota exceptions and movements by hand', (group) => {
  group.each.setup(() => emptyDatabase())

  test('an exception takes a document and a second person', async ({ client, assert }) => {
    const unitId = await givenUnit()
    const officer = await givenUser({ role: 'hr_officer' })
    const approver = await givenUser({ role: 'establishment_approver' })
    await givenDocument('编办〔2022〕21号')
    const send = (url: string, user: any, form: object) =>
      client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)
    await send('/organization/quota/exceptions', officer, {
      unit_id: unitId,
      funding_type: 'full',
      category: 'professional',
      quantity: 1,
      reason: '军转安置',
      document_id: '编办〔2022〕21号',
    })
    const [row] = await rowsOf('quota_exceptions')
    const url = `/organization/quota/exceptions/${row.id}`
    await send(`${url}/approval`, officer, { version: 1 })
    assert.equal((await rowsOf('quota_exceptions'))[0].state, 'proposed')
    await send(`${url}/approval`, approver, { version: 1 })
    await send(`${url}/approval`, approver, { version: 1 })
    const [approved] = await rowsOf('quota_exceptions')
    assert.deepEqual([approved.state, approved.approved_by], ['approved', approver.id])
  })

  test('编办 opens the pool, issues from it and never more than is there', async ({
    client,
    assert,
  }) => {
    const unitId = await givenUnit()
    const approver = await givenUser({ role: 'establishment_approver' })
    await givenDocument('编发〔2022〕3号')
    const post = (form: object) =>
      client
        .post('/organization/quota/movements')
        .loginAs(approver)
        .withCsrfToken()
        .redirects(0)
        .form({
          funding_type: 'full',
          category: 'professional',
          effective_on: '2022-02-20',
          document_id: '编发〔2022〕3号',
          ...form,
        })
    await post({ kind: 'pool', quantity: 12 })
    await post({ kind: 'issue', unit_id: unitId, quantity: 8, _key: 'issue-1' })
    await post({ kind: 'issue', unit_id: unitId, quantity: 8, _key: 'issue-1' })
    await post({ kind: 'issue', unit_id: unitId, quantity: 5 })
    await post({
      kind: 'reclassification',
      unit_id: unitId,
      quantity: 3,
      to_category: 'support',
    })
    const rows = await quotaBalances({ unitIds: [unitId] })
    assert.deepEqual(
      rows.map((row) => [row.category, row.vacant]),
      [
        ['professional', 5],
        ['support', 3],
      ]
    )
    const [pool] = await db.from('quota_accounts').where('kind', 'pool')
    assert.equal(pool.balance, 4)
  })
})
