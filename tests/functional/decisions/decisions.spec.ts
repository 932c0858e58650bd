import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { inboxPort } from '#shared/ports/inbox'
import { decide, returnProposal } from '#decisions/actions/decide'
import { holdForDecision } from '#decisions/actions/hold'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { recordDocument } from '#decisions/actions/record_document'
import { proposeReplacement } from '#decisions/actions/replace'
import { decisionEffects } from '#decisions/effects'
import {
  decisionInForce,
  findDecision,
  openHoldsAbout,
  requireDecision,
} from '#decisions/queries/require_decision'
import { buildActor } from '#accounts/queries/build_actor'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenPerson, givenUnit, givenUser } from '#tests/support/givens'

const PAY = 'contract_staff_pay'

test.group('Missing decisions', (group) => {
  group.each.setup(() => emptyDatabase())

  test('work that needs one stops and names it', async ({ assert }) => {
    const error = await requireDecision(PAY).catch((thrown) => thrown)
    assert.equal(error.key, 'decisions.errors.missing')
    assert.equal(error.params.code, PAY)
  })

  test('one person proposes with a document, another decides, then the value is there', async ({
    client,
    assert,
  }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    const head = await givenUser({ role: 'hr_head' })
    const documentId = await givenDocument('编办〔2022〕9号')
    const before = await findDecision(PAY)

    const proposed = await client
      .post(`/decisions/${before!.id}/proposal`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ version: before!.version, text: '按同岗同酬执行', document_id: '编办〔2022〕9号' })
    proposed.assertStatus(302)
    assert.equal((await findDecision(PAY))!.state, 'proposed')
    await assert.rejects(() => requireDecision(PAY))

    const decided = await client
      .post(`/decisions/${before!.id}/approval`)
      .loginAs(head)
      .withCsrfToken()
      .redirects(0)
      .form({ version: before!.version + 1 })
    decided.assertStatus(302)
    assert.deepEqual(await requireDecision(PAY), {
      value: { text: '按同岗同酬执行' },
      documentId,
    })
    const events = await db
      .from('audit_events')
      .where({ subject_type: 'decision', subject_id: before!.id })
      .orderBy('id')
    assert.deepEqual(
      events.map((event) => event.action),
      ['decisions.decision.proposed', 'decisions.decision.decided']
    )
  })

  test('who proposed does not decide, also not for an absent colleague', async ({
    client,
    assert,
  }) => {
    const head = await givenUser({ role: 'hr_head' })
    await givenDocument('编办〔2022〕9号')
    const { id, version } = (await findDecision(PAY))!
    await client
      .post(`/decisions/${id}/proposal`)
      .loginAs(head)
      .withCsrfToken()
      .redirects(0)
      .form({ version, text: '甲', document_id: '编办〔2022〕9号' })
    const own = await client
      .post(`/decisions/${id}/approval`)
      .loginAs(head)
      .withCsrfToken()
      .redirects(0)
      .form({ version: version + 1 })
    own.assertStatus(302)
    assert.equal((await findDecision(PAY))!.state, 'proposed')

    const deputy = await givenUser({ role: 'staff' })
    await db.table('delegations').insert({
      from_user_id: head.id,
      to_user_id: deputy.id,
      role: 'hr_head',
      valid_from: '2000-01-01',
      valid_to: '2100-01-01',
      reason: '出差',
      state: 'active',
      version: 1,
      created_at: '2026-01-01 00:00:00.000',
    })
    await client
      .post(`/decisions/${id}/approval`)
      .loginAs(deputy)
      .withCsrfToken()
      .redirects(0)
      .form({ version: version + 1 })
    assert.equal((await findDecision(PAY))!.state, 'proposed')
  })

  test('two people decide at once: one wins, the other is told', async ({ client, assert }) => {
    const [officer, one, two] = [
      await givenUser({ role: 'hr_officer' }),
      await givenUser({ role: 'hr_head' }),
      await givenUser({ role: 'leadership' }),
    ]
    const { id, version } = (await findDecision(PAY))!
    await givenDocument('编办〔2022〕9号')
    await client
      .post(`/decisions/${id}/proposal`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ version, text: '甲', document_id: '编办〔2022〕9号' })
    await Promise.all(
      [one, two].map((user) =>
        client
          .post(`/decisions/${id}/approval`)
          .loginAs(user)
          .withCsrfToken()
          .redirects(0)
          .form({ version: version + 1 })
      )
    )
    const events = await db
      .from('audit_events')
      .where({ action: 'decisions.decision.decided', subject_id: id })
    assert.lengthOf(events, 1)
  })

  test('a proposal without what it needs says so at the field and changes nothing', async ({
    client,
    assert,
  }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    await givenDocument('编办〔2022〕9号')
    const { id, version } = (await findDecision('discipline_freeze'))!
    const response = await client
      .post(`/decisions/${id}/proposal`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ version, from: '2022-03-01', to: '2022-02-01', document_id: '编办〔2022〕9号' })
    assert.property(response.flashMessage('inputErrorsBag'), 'to')
    assert.equal((await findDecision('discipline_freeze'))!.state, 'open')

    const unknown = await client
      .post(`/decisions/${id}/proposal`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ version, document_id: '没有〔2022〕1号' })
    assert.property(unknown.flashMessage('inputErrorsBag'), 'document_id')
  })

  test('a decision counts from its effective date, and until then the one that it replaces', async ({
    assert,
  }) => {
    const officer = await givenActor({ role: 'hr_officer' })
    const head = await givenActor({ role: 'hr_head' })
    const documentId = await givenDocument()
    const { id, version } = (await findDecision(PAY))!
    const value = async (date: string) => (await decisionInForce(PAY, date))?.value ?? null
    const given = (text: string, effectiveOn: string) => ({
      decisionId: id,
      fields: { text },
      documentId,
      effectiveOn,
      reason: '同岗同酬',
    })
    await proposeDecision({ ...given('旧办法', '2022-03-01'), version }, officer)
    await decide({ decisionId: id, version: version + 1 }, head)
    clock.freeze('2022-02-28')
    const early = await requireDecision(PAY).catch((error) => error)
    assert.deepInclude(early.params, { code: PAY, date: '2022-03-01' })
    assert.equal(early.key, 'decisions.errors.not_yet')
    assert.deepEqual((await requireDecision(PAY, undefined, '2022-03-01')).value, {
      text: '旧办法',
    })
    clock.freeze('2022-03-01')
    const replacement = await proposeReplacement(given('新办法', '2022-07-01'), officer)
    await decide({ decisionId: replacement, version: 1 }, head)
    clock.release()
    assert.isNull(await value('2022-02-28'))
    assert.deepEqual(await value('2022-03-01'), { text: '旧办法' })
    assert.deepEqual(await value('2022-06-30'), { text: '旧办法' })
    assert.deepEqual(await value('2022-07-01'), { text: '新办法' })
  })

  test('a replacement takes the place of the old value only when it is decided', async ({
    client,
    assert,
  }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    const head = await givenUser({ role: 'hr_head' })
    const code = 'opinion_centre_establishment_staff'
    const [first, second] = [await givenUnit(), await givenUnit()]
    await givenDocument('编办〔2022〕9号')
    const { id, version } = (await findDecision(code))!
    const fields = { unit_id: first, document_id: '编办〔2022〕9号' }
    const send = (url: string, user: any, form: any) =>
      client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)
    await send(`/decisions/${id}/proposal`, officer, { ...fields, version })
    await send(`/decisions/${id}/approval`, head, { version: version + 1 })
    assert.deepEqual((await requireDecision(code)).value, { unitId: first })

    const replace = { ...fields, unit_id: second, reason: '编办新意见' }
    await send(`/decisions/${id}/replacement`, officer, replace)
    await send(`/decisions/${id}/replacement`, officer, replace)
    const [pending, ...others] = await db.from('decisions').where('kind', 'replacement')
    assert.lengthOf(others, 0)
    assert.deepEqual((await requireDecision(code)).value, { unitId: first })

    await send(`/decisions/${pending.id}/approval`, head, { version: 1 })
    assert.deepEqual((await requireDecision(code)).value, { unitId: second })
    const old = await db.from('decisions').where('id', id).first()
    assert.equal(old.state, 'replaced')
    assert.equal(old.replaced_by, pending.id)
  })

  test('a stranger may neither read nor propose nor decide, and nothing changes', async ({
    client,
    assert,
  }) => {
    const stranger = await givenUser({ role: 'editor' })
    await givenDocument('编办〔2022〕9号')
    const rows = await db.from('decisions').orderBy('id')
    const { id, version } = rows[0]
    for (const url of [
      '/decisions',
      `/decisions/${id}`,
      `/decisions/${id}/replacement`,
      '/decisions/documents',
      '/decisions/documents/pick',
      '/decisions/documents/create',
    ]) {
      const response = await client.get(url).loginAs(stranger).redirects(0)
      response.assertStatus(403)
    }
    const form = {
      version,
      text: '甲',
      document_id: '编办〔2022〕9号',
      comment: '否',
      reason: '否',
      document_no: '新〔2022〕1号',
      title: '新',
    }
    for (const url of [
      `/decisions/${id}/proposal`,
      `/decisions/${id}/approval`,
      `/decisions/${id}/return`,
      `/decisions/${id}/replacement`,
      '/decisions/documents',
    ]) {
      const response = await client
        .post(url)
        .loginAs(stranger)
        .withCsrfToken()
        .redirects(0)
        .form(form)
      response.assertStatus(403)
    }
    assert.deepEqual(await db.from('decisions').orderBy('id'), rows)
    assert.lengthOf(await db.from('documents'), 1)
  })

  test('what waits stands in the inbox of those who may act', async ({ client, assert }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    const head = await givenUser({ role: 'hr_head' })
    await givenDocument('编办〔2022〕9号')
    const { id, version } = (await findDecision(PAY))!
    await client
      .post(`/decisions/${id}/proposal`)
      .loginAs(officer)
      .withCsrfToken()
      .redirects(0)
      .form({ version, text: '甲', document_id: '编办〔2022〕9号' })
    const t = (key: string) => key
    const mine = await inboxPort.items(await buildActor(head.id), t)
    assert.include(
      mine.filter((item) => item.detail === 'decisions.inbox.decide').map((item) => item.url),
      `/decisions/${id}`
    )
    const own = await inboxPort.items(await buildActor(officer.id), t)
    assert.notInclude(
      own.filter((item) => item.detail === 'decisions.inbox.decide').map((item) => item.url),
      `/decisions/${id}`
    )
  })
})

test.group('Held rows', (group) => {
  group.each.setup(() => emptyDatabase())
  const actor = Actor.system('test')

  test('the same row held twice is one question; deciding it sets its effect going', async ({
    client,
    assert,
  }) => {
    const [tv, paper] = [await givenUnit({ name: '广播电视台' }), await givenUnit({ name: '报社' })]
    const hold = () =>
      inTransaction((trx) =>
        holdForDecision(trx, actor, {
          code: 'import_row:roster:abc',
          subjectType: 'test_row',
          subjectId: 5,
          evidence: {
            title: '张三在两张花名册上',
            units: [
              { unitId: tv, unitName: '广播电视台', detail: '第 12 行' },
              { unitId: paper, unitName: '报社', detail: '第 3 行' },
            ],
          },
        })
      )
    const ids = await Promise.all([hold(), hold(), hold()])
    assert.lengthOf(new Set(ids), 1)
    const open = await openHoldsAbout('test_row', [5, 6])
    assert.equal(open.get(5)![0].url, `/decisions/${ids[0]}`)
    assert.isUndefined(open.get(6))

    const seen: unknown[] = []
    decisionEffects.register('test_row', async (_trx, _actor, decision) => {
      seen.push([decision.subjectId, decision.value])
    })
    const officer = await givenUser({ role: 'hr_officer' })
    const head = await givenUser({ role: 'hr_head' })
    await givenDocument('人事〔2022〕2号')
    const page = await client.get(`/decisions/${ids[0]}`).loginAs(officer)
    page.assertTextIncludes('张三在两张花名册上')
    page.assertTextIncludes('第 12 行')
    const send = (url: string, user: any, form: any) =>
      client.post(url).loginAs(user).withCsrfToken().redirects(0).form(form)
    const proposal = { version: 1, choice: `keep:${paper}`, document_id: '人事〔2022〕2号' }
    await send(`/decisions/${ids[0]}/proposal`, officer, { ...proposal, choice: 'keep:999999' })
    assert.equal((await findDecision('import_row:roster:abc'))!.state, 'open')
    await send(`/decisions/${ids[0]}/proposal`, officer, proposal)
    await send(`/decisions/${ids[0]}/approval`, head, { version: 2 })
    assert.deepEqual(seen, [[5, { choice: 'keep', unitId: paper }]])
    assert.equal((await openHoldsAbout('test_row', [5])).size, 0)
  })

  test('nobody proposes, decides or returns a question about the own person', async ({
    assert,
    client,
  }) => {
    const personId = await givenPerson()
    const unitId = await givenUnit()
    const id = await inTransaction((trx) =>
      holdForDecision(trx, Actor.system('test'), {
        code: 'import_row:roster:own',
        subjectType: 'person',
        subjectId: personId,
        evidence: { title: '本人', units: [{ unitId, unitName: '报社', detail: '第 3 行' }] },
      })
    )
    const user = await givenUser({ role: 'hr_officer', personId })
    const own = await buildActor(user.id)
    const page = await client.get(`/decisions/${id}`).loginAs(user)
    page.assertTextIncludes('涉及本人的事项须由他人提出意见和审定')
    assert.notInclude(page.text(), `/decisions/${id}/proposal`)
    const other = await givenActor({ role: 'hr_officer' })
    const input = {
      decisionId: id,
      version: 1,
      fields: { choice: `keep:${unitId}` },
      documentId: await givenDocument(),
      effectiveOn: null,
      reason: null,
    }
    await assert.rejects(() => proposeDecision(input, own), 'decisions.errors.own')
    await proposeDecision(input, other)
    const second = { decisionId: id, version: 2 }
    await assert.rejects(() => decide(second, own), 'decisions.errors.own')
    const back = { ...second, reason: '不同意' }
    await assert.rejects(() => returnProposal(back, own), 'decisions.errors.own')
    assert.equal((await findDecision('import_row:roster:own'))!.state, 'proposed')
  })
})

test.group('Documents', (group) => {
  group.each.setup(() => emptyDatabase())

  test('a number is one document however often it is named, and gaps are filled', async ({
    assert,
  }) => {
    const actor = Actor.system('test')
    const find = (title?: string) =>
      inTransaction((trx) => recordDocument(trx, actor, { documentNo: ' 编发〔2022〕3号 ', title }))
    const ids = await Promise.all([find(), find(), find('关于机构设置的批复')])
    assert.lengthOf(new Set(ids), 1)
    await find('另一个标题')
    const rows = await db.from('documents')
    assert.lengthOf(rows, 1)
    assert.equal(rows[0].title, '关于机构设置的批复')
  })

  test('a form sent again with other content is refused, with what was typed kept', async ({
    client,
    assert,
  }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    const send = (title: string, url = '/decisions/documents') =>
      client
        .post(url)
        .loginAs(officer)
        .withCsrfToken()
        .redirects(0)
        .form({ _form: url, _key: 'k1', document_no: `编发〔2022〕${title}号`, title })
    const first = await send('外宣中心')
    const double = await send('外宣中心')
    assert.isUndefined(double.flashMessage('error'))
    assert.equal(double.header('location'), first.header('location'))
    const other = await send('内宣中心')
    assert.include(other.flashMessage('error'), '首次提交有效')
    assert.equal(other.flashMessage('title'), '内宣中心')
    const titles = (await db.from('documents')).map(({ title }) => title)
    assert.deepEqual(titles, ['外宣中心'])
  })

  test('registered by hand once, edited by version, found by the picker', async ({
    client,
    assert,
  }) => {
    const officer = await givenUser({ role: 'hr_officer' })
    const send = (url: string, form: any) =>
      client.post(url).loginAs(officer).withCsrfToken().redirects(0).form(form)
    const form = { document_no: '编发〔2022〕4号', title: '外宣中心' }
    await send('/decisions/documents', { ...form, _key: 'k1' })
    const again = await send('/decisions/documents', form)
    assert.property(again.flashMessage('inputErrorsBag'), 'document_no')
    const [row] = await db.from('documents')
    await send(`/decisions/documents/${row.id}`, { version: 1, title: '关于设立外宣中心的批复' })
    await send(`/decisions/documents/${row.id}`, { version: 1, title: '迟到的修改' })
    const rows = await db.from('documents')
    assert.lengthOf(rows, 1)
    assert.equal(rows[0].title, '关于设立外宣中心的批复')
    const found = await client.get('/decisions/documents/pick?q=外宣').loginAs(officer)
    found.assertBody([{ value: row.id, text: '编发〔2022〕4号', detail: '关于设立外宣中心的批复' }])
  })
})
